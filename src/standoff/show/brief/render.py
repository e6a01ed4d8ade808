"""From the payload to one HTML file."""

from __future__ import annotations

from pathlib import Path

from markupsafe import escape

from standoff.errors import UsageError
from standoff.model import View
from standoff.show.brief.withhold import Withhold


def policy() -> str:
    """The Content-Security-Policy that the page needs: nothing from elsewhere."""
    return "default-src 'none'; base-uri 'none'; form-action 'none'"


def brief_html(view: View, withhold: Withhold) -> str:
    """The brief as one HTML document."""
    if withhold:
        raise UsageError("withholding is not wired yet")
    items = "".join(f"<h2>{escape(d.question)}</h2><p>{escape(d.why)}</p>" for d in view.derived.disputes)
    return (
        f"<!doctype html><html lang=en><meta charset=utf-8><title>{escape(view.name)}</title>{items}</html>"
    )


def write_brief(view: View, path: str | Path, withhold: Withhold) -> None:
    """Write the brief to ``path``. Raises `UsageError` when it cannot be written there."""
    try:
        Path(path).write_text(brief_html(view, withhold), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"the brief cannot be written ({error.strerror})", where=str(path)) from error
