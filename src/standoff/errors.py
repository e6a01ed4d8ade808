"""The one family of errors, each with a stable code and one clear sentence.

Every error says *what* is wrong, *where*, and *what to do*. The command line prints
that sentence and exits with ``exit_code``; nothing else escapes as a traceback.
"""

from __future__ import annotations

from typing import Any, ClassVar


class StandoffError(Exception):
    """Base of every error that `standoff` raises on purpose.

    ``what`` is a full clause; ``where`` names a file, report, entry or span; ``todo``
    says what the reader of the message can do next.
    """

    code: ClassVar[str] = "SO-000"
    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, *, where: str | None = None, todo: str | None = None) -> None:
        self.what, self.where, self.todo = what, where, todo
        super().__init__(self.sentence())

    def __reduce__(self) -> tuple[Any, ...]:
        """An error comes out of a worker process as it went in."""
        return _again, (type(self), self.what, self.where, self.todo)

    def sentence(self) -> str:
        """The message as one line: ``what (where): todo [code]``."""
        place = f" ({self.where})" if self.where else ""
        advice = f": {self.todo}" if self.todo else ""
        return " ".join(f"{self.what}{place}{advice} [{self.code}]".split())


def _again(kind: type[StandoffError], what: str, where: str | None, todo: str | None) -> StandoffError:
    return kind(what, where=where, todo=todo)


class UsageError(StandoffError, ValueError):
    """A command, option or argument that does not make sense."""

    code = "SO-100"
    exit_code = 2


class InputError(StandoffError, ValueError):
    """Input that cannot be taken in: empty, binary, truncated, encrypted, too large, wrong encoding."""

    code = "SO-200"
    exit_code = 3


class LimitError(InputError):
    """Input over a stated limit of size, time, redirects or decompression."""

    code = "SO-210"


class NetworkError(StandoffError, OSError):
    """An address that was refused, unreachable or answered with an error."""

    code = "SO-220"
    exit_code = 4


class AnchorError(StandoffError, ValueError):
    """A span whose quoted words or text hash do not match the text layer."""

    code = "SO-300"
    exit_code = 5


class ReaderError(StandoffError, RuntimeError):
    """A reader that is missing, broken, or returned what cannot be anchored."""

    code = "SO-310"
    exit_code = 5


class RecordError(StandoffError, RuntimeError):
    """A situation that is not one, is newer, damaged, locked, full, or in a database out of reach."""

    code = "SO-400"
    exit_code = 6


class ClashError(RecordError):
    """A stated id that already names a report with another text."""

    code = "SO-401"
    exit_code = 3


class MovedError(RecordError):
    """An entry that was to follow one that is no longer the last."""

    code = "SO-402"


class VerifyError(RecordError):
    """`verify` found something that does not fit; ``what`` names the first such thing."""

    code = "SO-410"


class ReviewError(StandoffError, ValueError):
    """A review that names nothing, or cannot act on what it names."""

    code = "SO-420"
    exit_code = 7


class ExportError(StandoffError, RuntimeError):
    """An export that cannot be written."""

    code = "SO-500"
    exit_code = 8


class VocabError(StandoffError, RuntimeError):
    """A vocabulary, gazetteer or weights file that is missing or is not the pinned one."""

    code = "SO-600"
    exit_code = 9
