"""standoff: the record of a contested, unfolding event, tied word for word to its reports.

    >>> import standoff
    >>> one = standoff.read("Officials said 12 people were killed.", published="2021-03-04")
    >>> situation = standoff.open("event.standoff")
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from standoff.api import Record as Record
    from standoff.api import open as open
    from standoff.api import read as read

__all__ = ["Record", "__version__", "open", "read"]


def __getattr__(name: str) -> object:
    """Load the interface on first use, so that the command line starts quickly."""
    if name in {"open", "read", "Record"}:
        from standoff import api

        return getattr(api, name)
    raise AttributeError(f"module 'standoff' has no attribute {name!r}")
