"""The endpoint as a reader: passage by passage, every span checked, what was refused told in the reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from standoff.errors import ReaderError
from standoff.model import ReaderInfo, Reading, Statement, annotation_id, text_sha256
from standoff.read.endpoint.anchor import LIMIT, Anchor, passages
from standoff.read.endpoint.client import Client
from standoff.read.endpoint.convert import Records
from standoff.read.endpoint.shape import PROMPT_VERSION
from standoff.read.reader import Item, readable, unread
from standoff.read.statements.own import own_content


class EndpointReader:
    """Reads with a language model behind an OpenAI-compatible address."""

    waits = True

    def __init__(self, client: Client, limit: int = LIMIT) -> None:
        self._client, self._limit = client, limit
        self.info = ReaderInfo(name=f"endpoint-{client.model}", version=PROMPT_VERSION)

    def read(self, items: Iterable[Item]) -> Iterator[Reading]:
        """Readings in order. Raises `ReaderError` when the address cannot be reached or keeps failing."""
        for item in items:
            yield self._one(item) if readable(item) else unread(item, self.info)

    def _one(self, item: Item) -> Reading:
        text, context = item.text, item.context
        digest = context.text_sha256 or text_sha256(text)
        own = annotation_id("statement", digest, [(0, len(text))], "report")
        records = Records(text, digest, own, dated=bool(context.published))
        asked = refused = failed = parts = 0
        for passage in passages(text, self._limit):
            parts += 1
            answer = self._client.ask(text[passage[0] : passage[1]], context.published)
            if answer is None:
                failed += 1
                continue
            anchor = Anchor(text, passage)
            records.take(answer, anchor)
            asked, refused = asked + anchor.asked, refused + anchor.refused
        warnings = [*item.warnings]
        if refused:
            warnings.append(f"{refused} of {asked} spans refused: their words do not stand in the text")
        if failed:
            warnings.append(f"{failed} of {parts} passages unread: the endpoint gave no JSON of the schema")
        if not context.published:
            warnings.append(
                "no publication date is known: relative times stay unanchored; give one with --published"
            )
        return Reading(
            report=context.report,
            text_sha256=context.text_sha256,
            reader=self.info,
            published=context.published,
            warnings=tuple(warnings),
            statements=(*_ordered(records.statements.values()), _own_voice(own, text, records)),
            times=tuple(sorted(records.times.values(), key=lambda t: t.start)),
            places=tuple(sorted(records.places.values(), key=lambda p: p.start)),
            quantities=tuple(sorted(records.quantities.values(), key=lambda q: q.start)),
            claims=tuple(sorted(records.claims.values(), key=lambda c: (c.trigger or (0, 0), c.type))),
        )


def _ordered(statements: Iterable[Statement]) -> list[Statement]:
    return sorted(statements, key=lambda s: (s.content, s.id))


def _own_voice(id_: str, text: str, records: Records) -> Statement:
    """All that no source is credited with."""
    credited = [span for each in records.statements.values() for span in each.content]
    return Statement(id=id_, voice="report", content=own_content(text, credited))


def make_endpoint(argument: str | None) -> EndpointReader:
    """Factory of ``endpoint:URL#MODEL``. Raises `ReaderError` when either is missing."""
    url, _, model = (argument or "").partition("#")
    if not url.startswith(("http://", "https://")) or not model:
        raise ReaderError(
            "an endpoint needs an address and a model",
            where="--reader",
            todo="write endpoint:http://host/v1#MODEL",
        )
    return EndpointReader(Client.from_environment(url, model))
