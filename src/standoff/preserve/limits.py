"""Stated limits on what is taken in. They guard memory and time, and are named in the messages."""

from __future__ import annotations

from standoff.errors import LimitError

MAX_TEXT = 10_000_000
"""Code points of one text layer."""
MAX_BYTES = 200_000_000
"""Bytes of one file or one answer of a web server."""
MAX_RECORD = 50_000_000
"""Bytes of one record inside a container, after decompression."""
MAX_UNPACKED = 2_000_000_000
"""Bytes of all records of one container, after decompression."""
MAX_RATIO = 200
"""How many times larger than its compressed form a container may become."""
MAX_PAGES = 5_000
"""Pages of one PDF."""
MAX_SECONDS = 60.0
"""Seconds for one fetch, all redirects included."""
MAX_REDIRECTS = 5


def check_bytes(size: int, where: str, limit: int = MAX_BYTES) -> None:
    """Raise `LimitError` when ``size`` bytes are more than ``limit``."""
    if size > limit:
        raise LimitError(
            f"the input has {size:,} bytes and the limit is {limit:,}",
            where=where,
            todo="split it into single reports",
        )


def check_text(text: str, where: str) -> None:
    """Raise `LimitError` when a text layer is longer than `MAX_TEXT`."""
    if len(text) > MAX_TEXT:
        raise LimitError(
            f"the text has {len(text):,} characters and the limit is {MAX_TEXT:,}",
            where=where,
            todo="split it into single reports",
        )
