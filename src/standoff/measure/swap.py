"""Parts of the reader swapped for others while something is measured, and put back afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from typing import Any, NamedTuple


class Swap(NamedTuple):
    """What ``owner`` holds under ``name`` gives way to ``by``.

    The owner is a class, an object, or a module of `standoff.read` by its name in there ("places.rank").
    """

    owner: Any
    name: str
    by: Any


@contextmanager
def swapped(swaps: Iterable[Swap]) -> Iterator[None]:
    """All swaps while the block runs; whatever happens in it, everything is put back."""
    with ExitStack() as back:
        for given, name, by in swaps:
            owner = import_module(f"standoff.read.{given}") if isinstance(given, str) else given
            # as the owner itself holds it: read through a class, a function would lose its own form
            back.callback(setattr, owner, name, vars(owner)[name])
            setattr(owner, name, by)
        yield
