"""PDF: text by pypdf, wrapped lines joined again into paragraphs."""

from __future__ import annotations

import io
import logging
import re
from importlib.metadata import version
from statistics import median

import pypdf

from standoff.errors import InputError, LimitError
from standoff.model import Extractor
from standoff.preserve.limits import MAX_PAGES, MAX_TEXT
from standoff.preserve.textlayer import Extracted, metadata

EXTRACTOR = Extractor(name="pypdf+reflow-1", version=version("pypdf"))
_END = re.compile(r"[.!?:;”\"’')\]]\s*$")
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def extract_pdf(data: bytes, where: str) -> Extracted:
    """Text and title of a PDF. Raises `InputError` for encrypted, damaged or picture-only files."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError("the PDF is encrypted", where=where, todo="save it without a password")
        text = reflow(_pages(reader, where))
        info = reader.metadata
    except InputError:
        raise
    except Exception as error:  # any damage may surface anywhere in the parser
        raise InputError(
            f"the PDF is damaged or cut short ({type(error).__name__})", where=where, todo="get it again"
        ) from error
    if not text.strip():
        raise InputError("the PDF holds pictures but no text", where=where, todo="run OCR over it first")
    return Extracted(
        text=text,
        extractor=EXTRACTOR,
        media_type="application/pdf",
        title=metadata(info.title if info else None),
        author=metadata(info.author if info else None),
    )


def _pages(reader: pypdf.PdfReader, where: str) -> str:
    if len(reader.pages) > MAX_PAGES:
        raise LimitError(f"the PDF has more than {MAX_PAGES:,} pages", where=where, todo="split it")
    pages: list[str] = []
    size = 0
    for page in reader.pages:
        pages.append(page.extract_text())
        size += len(pages[-1])
        if size > MAX_TEXT:
            raise LimitError(f"the PDF's text is over {MAX_TEXT:,} characters", where=where, todo="split it")
    return "\n".join(pages)


def reflow(text: str) -> str:
    """Join lines that were only wrapped: a full line, not ended by a full stop, goes on in the next."""
    lines = [line.strip() for line in text.split("\n")]
    widths = [len(line) for line in lines if len(line) > 20]
    full = 0.75 * median(widths) if widths else 0
    out: list[str] = []
    for previous, line in zip(["", *lines], lines, strict=False):
        if not line:
            out.append("\n")
        elif previous and _wrapped(previous, line, full):
            joined = out[-1][:-1] if _hyphenated(out[-1], line) else out[-1] + " "
            out[-1] = joined + line
        else:
            out.append(line)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out)).strip("\n")


def _wrapped(previous: str, line: str, full: float) -> bool:
    if len(previous) < full:
        return False
    return not _END.search(previous) or len(previous) > full * 1.2 or line[0].islower()


def _hyphenated(previous: str, line: str) -> bool:
    return previous.endswith("-") and previous[-2:-1].isalpha() and line[0].islower()
