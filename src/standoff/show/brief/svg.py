"""Small SVG strings. What comes in is escaped; there are no style attributes, so a strict policy holds."""

from __future__ import annotations

from markupsafe import Markup, escape


def tag(name: str, /, *inside: str | Markup, **attributes: object) -> Markup:
    """An element; ``class_`` is written class, other underscores as hyphens; None leaves an attribute out."""
    written = "".join(
        f' {_name(key)}="{escape(_value(value))}"' for key, value in attributes.items() if value is not None
    )
    body = Markup("").join(escape(part) for part in inside)
    return Markup(f"<{name}{written}>{body}</{name}>")  # noqa: S704  (name is ours, the rest is escaped)


def _name(key: str) -> str:
    return {"viewBox": key}.get(key, key.rstrip("_").replace("_", "-"))


def _value(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


SHAPES: tuple[tuple[str, str], ...] = (
    ("circle", "M-6,0a6,6 0 1,0 12,0a6,6 0 1,0 -12,0z"),
    ("square", "M-5.2,-5.2h10.4v10.4h-10.4z"),
    ("diamond", "M0,-7L7,0L0,7L-7,0z"),
    ("triangle", "M0,-6.5L6.6,5.2L-6.6,5.2z"),
    ("cross", "M-2,-6h4v4h4v4h-4v4h-4v-4h-4v-4h4z"),
    ("triangle pointing down", "M0,6.5L6.6,-5.2L-6.6,-5.2z"),
    ("star", "M0,-7.5L2,-2.4L7.2,-2.2L3.1,1.1L4.5,6.3L0,3.3L-4.5,6.3L-3.1,1.1L-7.2,-2.2L-2,-2.4z"),
    ("bar", "M-2.5,-6.5h5v13h-5z"),
)
"""Marker shapes, so that no source is told apart by colour alone; then the same ones hollow."""


def marker(n: int, x: str = "50%", y: str = "50%") -> Markup:
    """The marker of the ``n``-th source at a place given in per cent."""
    shape = SHAPES[n % len(SHAPES)][1]
    hollow = " hollow" if (n // len(SHAPES)) % 2 else ""
    return tag("svg", tag("path", d=shape, class_=f"mark m{n % 6}{hollow}"), x=x, y=y, overflow="visible")
