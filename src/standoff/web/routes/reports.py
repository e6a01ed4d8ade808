"""Adding reports: files, pasted text, an address."""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata
from typing import Annotated

import msgspec
from fastapi import APIRouter, File, Form, Query, Request, UploadFile
from pydantic import BaseModel, Field
from starlette.responses import Response

from standoff.errors import InputError, UsageError
from standoff.preserve import Given, Options, Upload, checked
from standoff.web.access import Reviewer, by
from standoff.web.adding import Job
from standoff.web.answers import answer, gives
from standoff.web.routes.common import TheAdder
from standoff.web.routes.views import GoneError

router = APIRouter(prefix="/api")
FILES = 200
"""Files in one request."""
FILE = 64 * 2**20
"""Bytes of one file."""
TEXT = 2_000_000
"""Characters of a pasted text."""
NAME = 200

Said = Annotated[str | None, Form(max_length=300)]


class Pasted(BaseModel):
    """A report as text or by its address: one of the two."""

    text: str | None = Field(default=None, max_length=TEXT)
    url: str | None = Field(default=None, max_length=2000)
    title: str | None = Field(default=None, max_length=300)
    published: str | None = Field(default=None, max_length=60)
    publisher: str | None = Field(default=None, max_length=300)


@router.post("/files", **gives(Job, 202), **by("reviewer"))
async def add_files(
    request: Request,
    session: Reviewer,
    adder: TheAdder,
    files: Annotated[list[UploadFile], File()],
    published: Said = None,
    publisher: Said = None,
) -> Response:
    """Add files. They are read one after the other; the job tells how far it is."""
    if len(files) > FILES:
        raise InputError(f"{len(files)} files are more than {FILES}", todo="add them in parts")
    given = checked(Given(published=published or None, publisher=publisher or None))
    who = session.person.name
    sources = [
        Upload(name=_name(each.filename), data=await _bytes(each), where=_where(each, who)) for each in files
    ]
    return answer(request, adder.start(sources, Options(given=given), who), status=202)


@router.post("/texts", **gives(Job, 202), **by("reviewer"))
def add_text(request: Request, session: Reviewer, adder: TheAdder, told: Pasted) -> Response:
    """Add a pasted text, or what stands at an address (which this machine then asks for)."""
    given = Given(
        published=told.published or None, publisher=told.publisher or None, title=told.title or None
    )
    options, who = Options(given=checked(given)), session.person.name
    if told.url and not told.text:
        if not told.url.startswith(("http://", "https://")):
            raise UsageError("that is no web address", where="url", todo="begin it with https://")
        return answer(request, adder.start([told.url], options, who), status=202)
    text = told.text or ""
    if not text.strip() or told.url:
        raise UsageError("a report is a text or an address", todo="give one of the two")
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        raise InputError("the text holds half a surrogate pair", where="text", todo="copy it anew")
    data = text.encode("utf-8")
    name = f"pasted-{hashlib.sha256(data).hexdigest()[:10]}.txt"
    upload = Upload(name=name, data=data, where=f"pasted by {who}")
    options = msgspec.structs.replace(options, input_format="text")
    return answer(request, adder.start([upload], options, who), status=202)


@router.get("/jobs", **gives(list[Job]), **by("reviewer"))
def jobs(request: Request, adder: TheAdder) -> Response:
    """Reports that are or were being added."""
    return answer(request, adder.jobs())


@router.get("/job", **gives(Job), **by("reviewer"))
def job(request: Request, adder: TheAdder, id: Annotated[str, Query(max_length=40)]) -> Response:  # noqa: A002
    """How far the adding of some reports is."""
    found = adder.job(id)
    if found is None:
        raise GoneError("there is no such job", where=id, todo="look at the list of reports")
    return answer(request, found)


async def _bytes(file: UploadFile) -> bytes:
    data = await file.read(FILE + 1)
    if len(data) > FILE:
        raise InputError(
            f"a file is larger than {FILE // 2**20} MB",
            where=_name(file.filename),
            todo="add it with `standoff add`",
        )
    return data


def _name(given: str | None) -> str:
    """A file's own name, whatever path it came with, without signs that do not print."""
    last = (given or "").replace("\\", "/").rpartition("/")[2]
    name = "".join(sign for sign in unicodedata.normalize("NFC", last) if sign.isprintable())[-NAME:].strip()
    return name if name.strip(". ") else f"file-{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S%f}"


def _where(file: UploadFile, who: str) -> str:
    return f"{_name(file.filename)}, uploaded by {who}"
