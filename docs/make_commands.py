"""Writes ``docs/commands.md`` from the program itself: ``python docs/make_commands.py``."""

from __future__ import annotations

import inspect
import sys
import types
import typing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from typer.models import ArgumentInfo, CommandInfo, OptionInfo

from standoff.cli import app

PAGE = Path(__file__).with_name("commands.md")
HEAD = """\
# Commands

Made from the program by `python docs/make_commands.py`; a test holds the two together. `standoff COMMAND
--help` prints the same. What goes wrong is told in one sentence with a code: [errors](errors.md). What
`WHAT` may be: [views](views.md).

`--as-of`, `--known-by` and `--recorded-by` cut every view along one of three times: what was held on a
date, what had been published by a date, what stood in the log by an entry. The flags used are printed on
every table and brief.

"""


class Parameter(NamedTuple):
    """One argument or option as a user writes it."""

    written: str
    help: str
    argument: bool
    required: bool


def name_of(command: CommandInfo) -> str:
    """What a user types for it."""
    return command.name or getattr(command.callback, "__name__", "").rstrip("_").replace("_", "-")


def parameters(callback: Callable[..., Any]) -> Iterator[Parameter]:
    """Arguments and options of a command, in order."""
    hints = typing.get_type_hints(callback, include_extras=True)
    for name, parameter in inspect.signature(callback).parameters.items():
        kind, info = typing.get_args(hints[name])[:2]
        yield parameter_of(name, kind, info, parameter.default)


def parameter_of(name: str, kind: Any, info: ArgumentInfo | OptionInfo, default: object) -> Parameter:  # noqa: ANN401
    """How it is written, and what it means, with its default where it has one."""
    plain, many = plain_type(kind)
    required = default is inspect.Parameter.empty
    shown = (
        ""
        if default in {None, False, inspect.Parameter.empty} or default == Path()
        else f" (default {default})"
    )
    if isinstance(info, ArgumentInfo):
        written = name.rstrip("_").upper() + ("..." if many else "")
        return Parameter(written, f"{info.help or ''}{shown}", True, required)
    first = (info.default,) if isinstance(info.default, str) and info.default.startswith("-") else ()
    written = ", ".join((*first, *(info.param_decls or ())) or (f"--{name.rstrip('_').replace('_', '-')}",))
    if plain is not bool:
        written += (
            f" {plain.__name__.upper()}".replace("STR", "TEXT").replace("INT", "N").replace("FLOAT", "N")
        )
    repeated = "; may be given more than once" if many and "may repeat" not in (info.help or "") else ""
    return Parameter(written, f"{info.help or ''}{repeated}{shown}", False, required)


def plain_type(kind: Any) -> tuple[type, bool]:  # noqa: ANN401
    """The type without None or a list around it, and whether there may be several."""
    if isinstance(kind, types.UnionType):
        kind = next(each for each in typing.get_args(kind) if each is not type(None))
    return (typing.get_args(kind)[0], True) if typing.get_origin(kind) is list else (kind, False)


def section(command: CommandInfo) -> str:
    """Heading, what it does, how it is called, and a table of what it takes."""
    callback = command.callback
    if callback is None:
        raise SystemExit(f"{command.name} has no function")
    taken = list(parameters(callback))
    call = ["standoff", name_of(command)]
    call += [each.written if each.required else f"[{each.written}]" for each in taken if each.argument]
    call += [each.written.split(", ")[-1] for each in taken if not each.argument and each.required]
    call += ["[OPTIONS]"] if any(not each.argument and not each.required for each in taken) else []
    lines = [
        f"## {name_of(command)}",
        "",
        " ".join((callback.__doc__ or "").split()),
        "",
        f"    {' '.join(call)}",
        "",
    ]
    lines += ["| | |", "| --- | --- |"] if taken else []
    lines += [f"| `{each.written}` | {each.help.replace('|', '/')} |" for each in taken]
    return "\n".join(lines) + "\n"


def page() -> str:
    """The whole page."""
    listed = "\n".join(f"- [{name_of(each)}](#{name_of(each)})" for each in app.registered_commands)
    return HEAD + listed + "\n\n" + "\n".join(map(section, app.registered_commands))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"wrote {PAGE.name}\n")
