"""What each view of the page shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from standoff.errors import StandoffError
from standoff.model import Axes
from standoff.show.brief.shape_events import ClockItem
from standoff.show.page import Parts, Sought
from standoff.show.page import shape as shapes
from standoff.show.page import shape_found as finds
from standoff.show.page import shape_told as told_of
from standoff.show.page.outlines import packed
from standoff.show.page.parties import ONLY
from standoff.show.page.search import KINDS
from standoff.web.access import by
from standoff.web.answers import answer, gives, gives_file, sent_of
from standoff.web.routes.common import Along, Id, TheLive, TheParts, parts_of

router = APIRouter(prefix="/api")
GEOJSON = "application/geo+json"
Names = Annotated[list[str], Query(max_length=50)]
Day = Annotated[str | None, Query(pattern=r"^\d{4}(-\d\d){0,2}$", description="ISO 8601 day, month or year")]
First = Annotated[int, Query(ge=0, le=10**9)]
Words = Annotated[str, Query(max_length=400, description="words that all must be there")]
One = Annotated[str | None, Query(max_length=1000, description="only the one of this id")]
Some = Annotated[int, Query(ge=1, le=200)]


def sought(id: One = None, q: Words = "", first: First = 0, count: Some = 50) -> Sought:  # noqa: A002
    """What is asked of a list of what is told."""
    return Sought(id=id, q=q, first=first, count=count)


TheSought = Annotated[Sought, Depends(sought)]


class GoneError(StandoffError):
    """An id that names nothing now: it never did, or what it named was derived anew under another."""

    code = "SO-701"


def of(parts: Parts, kind: str, name: str, made: Any) -> Any:  # noqa: ANN401  (a maker, and what it makes)
    """What ``made`` makes of an id. Raises `GoneError` when there is no such thing now."""
    try:
        return made(name)
    except KeyError:
        raise GoneError(
            f"there is no {kind} of that id now",
            where=name,
            todo="look for it in the list: ids follow what is known",
        ) from None


async def _sent(
    request: Request, parts: Parts, make: Callable[[Parts], Any], *, also: object = "", again: bool = True
) -> Response:
    """What is made of a view. Who asks the same of the same view is sent the same bytes, without a thread.

    ``also`` is what it rests on beside the view; ``again`` whether ``make`` can make it of the next view too,
    and holds on to nothing of this one.
    """
    asked = sorted(each for each in request.query_params.multi_items() if each[0] != "at_least")
    key = f"{request.url.path} {asked} {also}"
    sent = sent_of(parts)
    made = sent.found(key)
    if made is None:
        made = await run_in_threadpool(sent.of, key, lambda: make(parts), make if again else None)
    return answer(request, made, head=parts.view.head[0])


@router.get("/overview", **gives(shapes.Overview), **by("reader"))
async def overview(request: Request, parts: TheParts) -> Response:
    """What is contested, what it rests on, where and when."""
    return await _sent(request, parts, lambda it: it.overview)


@router.get("/changes", **gives(shapes.Changes), **by("reader"))
async def changes(
    request: Request, live: TheLive, parts: TheParts, since: First = 0, first: First = 0, count: Some = 50
) -> Response:
    """What changed after an entry of the log: how much, and some of each kind."""
    head = live.log.head
    return await _sent(
        request, parts, lambda it: it.changes(live.log, since, first, count), also=head, again=False
    )


@router.get("/disputes", **gives(list[shapes.DisputeLine]), **by("reader"))
async def disputes(
    request: Request,
    parts: TheParts,
    id: Names = [],  # noqa: A002, B006  (FastAPI copies it)
) -> Response:
    """Every dispute in a line, or those of some ids that are there."""
    return await _sent(request, parts, lambda it: tuple(it.disputes_of(id) if id else it.disputes.values()))


@router.get("/clock", **gives(list[ClockItem]), **by("reader"))
async def clock(request: Request, parts: TheParts) -> Response:
    """Everything that lasts: since when, and what it was last told to be."""
    return await _sent(request, parts, lambda it: it.clock)


@router.get("/dispute", **gives(shapes.DisputeView), **by("reader"))
async def dispute(request: Request, parts: TheParts, id: Id) -> Response:  # noqa: A002
    """A dispute in full: sides, accounts, words, and what would settle it."""
    return await _sent(request, parts, lambda it: of(it, "dispute", id, it.dispute_view))


@router.get("/ledger", **gives(shapes.LedgerView), **by("reader"))
async def ledger(
    request: Request,
    live: TheLive,
    along: Along,
    group: Annotated[str | None, Query(max_length=200)] = None,
    believe: Names = [],  # noqa: B006  (FastAPI copies it)
    without: Names = [],  # noqa: B006
    without_assumption: Names = [],  # noqa: B006
    first: First = 0,
) -> Response:
    """The ledger, counted from the voices chosen, with one group in full."""
    chosen = msgspec.structs.replace(
        along, believe=tuple(believe), without=tuple(without), without_assumptions=tuple(without_assumption)
    )
    parts = await parts_of(live, chosen)
    whole = None if chosen == along else await parts_of(live, along)

    def made(it: Parts) -> shapes.LedgerView:
        known = group if group in it.groups else None  # a voice may be all that a group rests on
        return it.ledger_view(known, whole, first)

    return await _sent(request, parts, made, again=whole is None)


@router.get("/parties", **gives(list[shapes.PartyLine]), **by("reader"))
async def parties(request: Request, parts: TheParts) -> Response:
    """Every party in a line."""
    return await _sent(request, parts, lambda it: tuple(it.parties.values()))


@router.get("/parties/found", **gives(shapes.PartiesFound), **by("reader"))
async def parties_found(
    request: Request,
    parts: TheParts,
    q: Annotated[str, Query(max_length=400)] = "",
    type: Annotated[str | None, Query(max_length=100)] = None,  # noqa: A002
    only: Annotated[str, Query(pattern=f"^({'|'.join(ONLY)})$")] = "all",
    first: First = 0,
    count: Annotated[int, Query(ge=1, le=500)] = 200,
) -> Response:
    """Parties whose names hold what is sought, in the order of their names."""
    return await _sent(request, parts, lambda it: it.parties_found(q, type, only, first, count))


@router.get("/party", **gives(shapes.PartyView), **by("reader"))
async def party(
    request: Request,
    parts: TheParts,
    id: Id,  # noqa: A002
    first: First = 0,
    count: Annotated[int, Query(ge=1, le=500)] = 200,
) -> Response:
    """A party: who speaks for it, what it says on each question, and some of its statements."""
    return await _sent(
        request, parts, lambda it: of(it, "party", id, lambda name: it.party_view(name, first, count))
    )


@router.get("/places", **gives(finds.Places), **by("reader"))
async def places(request: Request, parts: TheParts) -> Response:
    """Every place, with its radius of uncertainty, and how many events no place is known of."""
    return await _sent(request, parts, lambda it: it.places)


@router.get("/events", **gives(finds.Events), **by("reader"))
async def events(
    request: Request,
    parts: TheParts,
    begin: Day = None,
    end: Day = None,
    place: Annotated[str | None, Query(max_length=200)] = None,
    incident: Annotated[str | None, Query(max_length=200)] = None,
    unplaced: bool = False,
    first: First = 0,
    count: Annotated[int, Query(ge=1, le=500)] = 100,
) -> Response:
    """Events of some days, of a place or of none, of an incident, in the order of the timeline."""

    def found(it: Parts) -> finds.Events:
        return it.events(
            begin=begin, end=end, place=place, incident=incident, unplaced=unplaced, first=first, count=count
        )

    return await _sent(request, parts, found)


@router.get("/event", **gives(finds.EventView), **by("reader"))
async def event(request: Request, parts: TheParts, id: Id) -> Response:  # noqa: A002
    """An event with all its tellings."""
    return await _sent(request, parts, lambda it: of(it, "event", id, it.event_view))


@router.get("/access", **gives(told_of.AccessList), **by("reader"))
async def access(request: Request, parts: TheParts, asked: TheSought) -> Response:
    """What is told of routes, passage and deliveries, over time."""
    return await _sent(request, parts, lambda it: it.access(asked))


@router.get("/harm", **gives(told_of.HarmList), **by("reader"))
async def harm(request: Request, parts: TheParts, asked: TheSought) -> Response:
    """Incidents of harm: how many of whom, by whose account, and who is said to be responsible."""
    return await _sent(request, parts, lambda it: it.harm(asked))


@router.get("/agreements", **gives(told_of.AgreementList), **by("reader"))
async def agreements(request: Request, parts: TheParts, asked: TheSought) -> Response:
    """Agreements with their terms, and what is said of the keeping of each."""
    return await _sent(request, parts, lambda it: it.agreements(asked))


@router.get("/victims", **gives(told_of.VictimList), **by("reader"))
async def victims(request: Request, parts: TheParts, asked: TheSought) -> Response:
    """Persons reported harmed, as told."""
    return await _sent(request, parts, lambda it: it.victims(asked))


@router.get("/outlines", **gives_file(GEOJSON), **by("reader"))
def outlines(request: Request) -> Response:
    """Outlines of countries for the map (GeoJSON): they are the same for every record."""
    made = packed()
    headers = {"Cache-Control": "private, max-age=86400", "ETag": made.tag, "Vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == made.tag:
        return Response(status_code=304, headers=headers)
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(made.body, media_type=GEOJSON, headers=headers)
    headers["Content-Encoding"] = "gzip"
    return Response(made.gzip, media_type=GEOJSON, headers=headers)


@router.get("/reports", **gives(list[shapes.ReportLine]), **by("reader"))
async def reports(request: Request, parts: TheParts) -> Response:
    """Every report in a line, in the order of publication."""
    return await _sent(request, parts, lambda it: tuple(it.reports.values()))


@router.get("/report", **gives(shapes.ReportView), **by("reader"))
async def report(request: Request, parts: TheParts, id: Id) -> Response:  # noqa: A002
    """A report: its text as published, and every layer of what was read in it."""
    return await _sent(request, parts, lambda it: of(it, "report", id, it.report_view))


@router.get("/why", **gives(list[shapes.Proof]), **by("reader"))
async def why(request: Request, parts: TheParts, id: Id) -> Response:  # noqa: A002
    """What anything rests on, down to the words."""
    return await _sent(request, parts, lambda it: it.proof(id))


@router.get("/queue", **gives(list[shapes.Waiting]), **by("reader"))
async def queue(
    request: Request, parts: TheParts, first: First = 0, count: Annotated[int, Query(ge=1, le=200)] = 50
) -> Response:
    """What waits for a decision, that which would change the record most first."""
    return await _sent(request, parts, lambda it: it.waiting(first, count))


@router.get("/history", **gives(finds.History), **by("reader"))
def history(
    request: Request,
    live: TheLive,
    before: Annotated[int | None, Query(ge=0, le=2**53)] = None,
    kind: Annotated[list[str], Query(max_length=6)] = [],  # noqa: B006
    count: Annotated[int, Query(ge=1, le=500)] = 100,
) -> Response:
    """The log in words, newest first."""
    head = live.follow()
    told, parts = live.log.newest(count, before, frozenset(kind)), live.current
    dated = sum(each for _, each in parts.published)
    undated = len(parts.view.reports) - dated
    told = msgspec.structs.replace(told, published=parts.published, undated=undated)
    return answer(request, told, head=head)


@router.get("/search", **gives(finds.Hits), **by("reader"))
async def search(
    request: Request,
    live: TheLive,
    along: Along,
    q: Annotated[str, Query(max_length=400)] = "",
    kind: Annotated[str | None, Query(pattern=f"^({'|'.join(KINDS)})$")] = None,
    publisher: Annotated[str | None, Query(max_length=300)] = None,
    party: Annotated[str | None, Query(max_length=300)] = None,
    begin: Day = None,
    end: Day = None,
    first: First = 0,
    count: Annotated[int, Query(ge=1, le=200)] = 40,
) -> Response:
    """Reports, statements and parties that hold all the words sought."""
    parts = await parts_of(live, along)
    within = frozenset(parts.index.reports) if along != Axes() else None

    def found(_: Parts) -> finds.Hits:
        return live.search.find(
            q, kind=kind, publisher=publisher, party=party, begin=begin, end=end, within=within, first=first,
            count=count,
        )  # fmt: skip

    return await _sent(request, parts, found, also=live.search.age, again=False)
