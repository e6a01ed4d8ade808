"""What a thing rests on: a chain from any id down to report, offsets and exact words, with reviews on it."""

from __future__ import annotations

import difflib

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from standoff.errors import UsageError
from standoff.model import View
from standoff.show.index import Index
from standoff.show.proof import Node, Proofs
from standoff.show.things import Thing
from standoff.show.words import clean


def why(view: View, thing_id: str, *, every: bool = False, index: Index | None = None) -> list[Node]:
    """The chains of an id, one for each thing it names. ``every`` shows all members of a thing; ``index`` is
    that of the view, if there is one already.

    Raises `UsageError` with the nearest ids.
    """
    index = index or Index(view)
    found = index.things.get(thing_id) or _by_start(index, thing_id)
    if not found:
        known = sorted(index.things)
        kind = thing_id.partition("-")[0] + "-"
        near = difflib.get_close_matches(thing_id, known, n=3, cutoff=0.5)
        near = near or [each for each in known if each.startswith(kind)][:3]
        hint = f"did you mean {', '.join(near)}?" if near else "take an id from a table of `standoff show`"
        raise UsageError(f"nothing in this record has the id {thing_id!r}", todo=hint)
    ledgers = [thing for thing in found if thing.kind == "ledger group"]
    proofs = Proofs(index, every=every)
    return [proofs.of(thing) for thing in ledgers or found]


def _by_start(index: Index, start: str) -> list[Thing]:
    """The things of the one id that starts so, if there is just one and enough of it is given."""
    ids = [each for each in index.things if each.startswith(start)] if len(start) >= 5 else []
    return index.things[ids[0]] if len(ids) == 1 else []


def print_why(view: View, thing_id: str, console: Console | None = None, *, every: bool = False) -> None:
    """Print what an id rests on, down to the words. Raises `UsageError` for an id there is not."""
    console = console or Console(highlight=False)
    for node in why(view, thing_id, every=every):
        tree = Tree(_label(node))
        _grow(tree, node)
        console.print(tree)


def _grow(tree: Tree, node: Node) -> None:
    for each in node.below:
        _grow(tree.add(_label(each)), each)


def _label(node: Node) -> Text:
    label = Text(clean(node.line))
    if node.words:
        before, words, after = node.words
        label.append("\n")
        label.append(clean(before) + (" " if before[-1:].isspace() else ""), style="dim")
        label.append(f"[{clean(words)}]", style="bold")
        label.append((" " if after[:1].isspace() else "") + clean(after), style="dim")
    return label
