"""The situation while it is served: what holds now, made anew in the background when the log has grown.

Requests never wait for deriving: they are answered from the last view that is whole, and told of the next.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from standoff.errors import StandoffError
from standoff.model import Axes, View
from standoff.show import Withhold
from standoff.show.brief import brief_html
from standoff.show.page import Log, Parts, Search
from standoff.show.page.log import KINDS
from standoff.situation import Situation, collector_paused

LOOK = 1.0
"""Seconds between two looks for entries that other programs appended."""
KEPT = 6
"""Views along other axes that are kept."""
WAIT = 120.0
"""Seconds that a request waits, at most, for a view of an entry that it asks for."""
WAITING = 16
"""Requests that may wait so at once: the others are answered from what there is."""
Event = dict[str, Any]
log = logging.getLogger("standoff.web")


class Live:
    """A situation, its newest view as parts of the page, and views along other axes as they are asked for."""

    def __init__(self, situation: Situation, told: Callable[[Event], None] = lambda _: None) -> None:
        self.situation, self.log, self.search = situation, Log(), Search()
        self._told = told
        self.ready: Callable[[Parts, Parts], None] = lambda new, before: None
        """Is given a view that is new, and the one before it, ere it is told of."""
        self._deriving, self._following = threading.Lock(), threading.Lock()
        self._grown, self._fresh = threading.Event(), threading.Condition()
        self._stopped = False
        self._waiting = threading.BoundedSemaphore(WAITING)
        self._others: OrderedDict[Axes, Parts] = OrderedDict()
        self.current = self._derive()
        self._thread = threading.Thread(target=self._run, name="deriving", daemon=True)
        self._thread.start()

    @property
    def name(self) -> str:
        """The situation's name."""
        return self.current.view.name

    def close(self) -> None:
        """Stop deriving. The situation itself stays open."""
        self._stopped = True
        self._grown.set()
        self._thread.join()

    def grown(self) -> None:
        """An entry was appended: derive anew, soon."""
        self._grown.set()

    def follow(self) -> int:
        """Read what the log holds beyond what is known of it; the number of its last entry."""
        with self._following:
            head = self.situation.record.head().n
            if head > self.log.head:
                entries = self.situation.record.entries(KINDS, upto=head, after=self.log.head)
                self.log.follow(entries, head)
            return head

    def parts(self, axes: Axes | None = None, at_least: int = 0) -> Parts:
        """What to show along ``axes``, no older than entry ``at_least``. Raises `UsageError` for bad axes."""
        if at_least > self.current.view.head[0]:
            self._await(at_least)
        if axes is None or axes == Axes():
            return self.current
        with self._deriving:
            held = self._others.get(axes)
            if held is None or (axes.recorded_by is None and held.view.head != self.current.view.head):
                held = Parts(self.situation.view(axes), self.current.arrived)
                self._others[axes] = held
            self._others.move_to_end(axes)
            while len(self._others) > KEPT:
                self._others.popitem(last=False)
            return held

    def at_hand(self, axes: Axes, at_least: int = 0) -> bool:
        """Whether `parts` of these answers at once: nothing is to be derived or waited for."""
        return axes == Axes() and at_least <= self.current.view.head[0]

    def brief(self, axes: Axes, withhold: Withhold) -> str:
        """The still brief as one HTML document."""
        return brief_html(self.parts(axes).view, withhold)

    def _await(self, entry: int) -> None:
        if not self._waiting.acquire(blocking=False):
            return
        try:
            until = time.monotonic() + WAIT
            self._grown.set()
            with self._fresh:
                while self.current.view.head[0] < entry and (left := until - time.monotonic()) > 0:
                    if self._stopped or self.situation.record.head().n < entry:
                        return
                    self._fresh.wait(min(left, LOOK))
        finally:
            self._waiting.release()

    def _derive(self) -> Parts:
        # A search for cycles goes through all that is made here, and everybody waits for it: 200 ms each.
        with self._deriving, collector_paused(keep=True):
            view: View = self.situation.view()
            self.follow()
            self.search.keep(view)
            made = Parts(view, dict(self.log.arrived))
            made.prepare()
        return made

    def _run(self) -> None:
        _ = self.current.overview
        while not self._stopped:
            self._grown.wait(LOOK)
            self._grown.clear()
            try:
                if not self._stopped and self.situation.record.head().n > self.current.view.head[0]:
                    self._renew()
            except StandoffError as error:  # shown, and tried again: a locked file is free again soon
                log.warning("%s", error)
                self._told({"kind": "trouble", "text": str(error)})
            except Exception as error:  # a fault of ours must not end the only thread that derives
                log.error(
                    "deriving failed: %s", type(error).__name__
                )  # not what it says: that may hold secrets
                self._told({"kind": "trouble", "text": "the newest entries could not be worked out"})

    def _renew(self) -> None:
        begun = time.perf_counter()
        made = self._derive()
        before = self.current
        with self._fresh:
            self.current = made
            self._fresh.notify_all()
        self.ready(made, before)
        taken = round(time.perf_counter() - begun, 3)
        self._told({"kind": "derived", "head": made.view.head[0], "seconds": taken})
