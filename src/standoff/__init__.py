"""standoff: the record of a contested, unfolding event, tied word for word to its reports.

>>> import standoff
>>> one = standoff.read("Officials said 12 people were killed.", published="2021-03-04")
>>> situation = standoff.open("event.standoff")
"""

from __future__ import annotations

import os
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

# ONNX Runtime (1.29 and later) reports its use to its maker unless this is set before it is loaded.
# Nothing that is read here may tell anyone that it is read.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

if TYPE_CHECKING:
    from standoff.api import Record as Record
    from standoff.api import open as open  # noqa: A004  (standoff.open)
    from standoff.api import read as read

__all__ = ["Record", "__version__", "open", "read"]


class _Room(ModuleType):
    """The room `standoff.read`, once it is loaded: as a module, and still as the function `read`."""

    def __call__(self, text: str, **given: Any) -> Any:  # noqa: ANN401
        """See `standoff.api.read`."""
        from standoff import api

        return api.read(text, **given)


class _Package(ModuleType):
    """This package. A room that is loaded takes the name ``read``, which must go on being a function."""

    def __setattr__(self, name: str, value: object) -> None:
        if name == "read" and isinstance(value, ModuleType):
            value.__class__ = _Room
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> object:
    """Load the interface on first use, so that the command line starts quickly."""
    if name in {"open", "read", "Record"}:
        from standoff import api

        return getattr(api, name)
    raise AttributeError(f"module 'standoff' has no attribute {name!r}")
