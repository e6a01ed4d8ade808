"""Progress of adding reports: a live line on a terminal, plain lines elsewhere; a summary at the end."""

from __future__ import annotations

from collections import Counter
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from standoff.show.words import clean, counted, short

WORDS = {
    "new": "new",
    "known": "already there",
    "same_bytes": "the same bytes again",
    "same_text": "the same text again",
    "described": "described better",
    "copy_text": "a copy of one that is there",
    "id_clash": "new, under another id as its name was taken",
    "reextracted": "read again from its bytes",
    "refused": "refused",
}
"""What became of a report, in words; the order of the summary."""

EVERY = 50
"""How often a plain line is written when there is no terminal to redraw."""


class Adding:
    """Shows how an `add` goes on. ``failed`` is set as soon as one report ends with an error."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._live = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._live.add_task("starting", total=None)
        self._taken = 0
        self._done = 0
        self._outcomes: Counter[str] = Counter()
        self._warnings: dict[str, tuple[int, str]] = {}
        self.failed = False

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, err: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._live.stop()
        if kind is not None and self._done:
            self._say(f"stopped after {counted(self._done, 'report')}; each of them is recorded")

    def taken(self, report: str, n: int = 1) -> None:
        """A report was taken in and is now read."""
        self._taken += n
        self._show(report)

    def done(self, report: str, outcome: str, error: str | None, warnings: tuple[str, ...] = ()) -> None:
        """A report is settled: what became of it, its one error, its warnings."""
        self._done += 1
        self._outcomes[outcome] += 1
        for warning in warnings:
            count, first = self._warnings.get(warning, (0, report))
            self._warnings[warning] = (count + 1, first)
        if error:
            self.failed = True
            self._say(f"{clean(report)}: {clean(error)}" if report not in error else clean(error))
        self._show(report)
        if not self._console.is_terminal and self._done % EVERY == 0:
            self._say(f"{counted(self._done, 'report')} done")

    def summary(self, where: str) -> None:
        """How many reports became what; each kind of warning once, with how often it came."""
        self._live.stop()
        for warning, (count, first) in self._warnings.items():
            often = clean(first) if count == 1 else f"{count} reports, first {clean(first)}"
            self._say(f"note: {clean(warning)} ({often})")
        parts = [f"{count} {WORDS.get(name, name)}" for name, count in self._sorted()]
        told = ": " + ", ".join(parts) if parts else ", nothing to add"
        self._say(f"{where}: {counted(self._done, 'report')}{told}")

    def _sorted(self) -> list[tuple[str, int]]:
        order = {name: n for n, name in enumerate(WORDS)}
        return sorted(self._outcomes.items(), key=lambda each: (order.get(each[0], len(order)), each[0]))

    def _show(self, report: str) -> None:
        waiting = max(0, self._taken - self._done)
        told = f"{counted(self._done, 'report')} done, {waiting} being read: {short(report, 40)}"
        self._live.update(self._task, description=told)

    def _say(self, line: str) -> None:
        self._console.print(line, markup=False, highlight=False, soft_wrap=True)
