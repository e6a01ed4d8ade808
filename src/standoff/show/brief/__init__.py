"""The brief: one HTML file in which every figure opens its passage, made from one JSON payload.

The still brief is for print and needs no script; the interactive one is the page without its server.

In: a view and what to withhold. Out: the payload, the page, the policy a browser is held to.
Must not know: the record, the terminal, the network.
"""

from __future__ import annotations

from pathlib import Path

from standoff.model import View
from standoff.show.brief.interactive import interactive_html as interactive_html
from standoff.show.brief.interactive import interactive_policy as interactive_policy
from standoff.show.brief.render import brief_html as brief_html
from standoff.show.brief.render import policy as policy
from standoff.show.brief.render import write_html
from standoff.show.brief.withhold import Withhold as Withhold


def write_brief(
    view: View, path: str | Path, withhold: Withhold | None = None, *, interactive: bool = False
) -> None:
    """Write the brief to ``path``. Raises `UsageError` when it cannot be written there."""
    write_html((interactive_html if interactive else brief_html)(view, withhold), path)
