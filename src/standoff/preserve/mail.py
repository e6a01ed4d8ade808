"""E-mail (RFC 5322): subject, sender, date, the text body, and attachments as reports of their own."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr

from standoff.errors import InputError
from standoff.model import Extractor
from standoff.preserve.dates import sourced_date
from standoff.preserve.html import fragment_text
from standoff.preserve.textlayer import Extracted, metadata

EXTRACTOR = Extractor(name="email", version="1")


def parse_mail(data: bytes, where: str) -> EmailMessage:
    """The parsed message. Raises `InputError` when it has neither sender, date nor subject."""
    message = message_from_bytes(data, policy=policy.default)
    if not isinstance(message, EmailMessage) or not any(message[h] for h in ("From", "Date", "Subject")):
        raise InputError("the file is no e-mail", where=where, todo="save the message with its headers")
    return message


def extract_mail(data: bytes, where: str) -> Extracted:
    """Text body (plain part first, else the HTML part's text) and the headers as metadata."""
    message = parse_mail(data, where)
    text = _body(message)
    if not text.strip():
        raise InputError("the e-mail has no text", where=where, todo="give its attachment instead")
    name, address = parseaddr(_header(message, "From"))
    return Extracted(
        text=text,
        extractor=EXTRACTOR,
        media_type="message/rfc822",
        title=metadata(_header(message, "Subject")),
        author=metadata(name or address),
        publisher=metadata(_header(message, "Organization") or address.rpartition("@")[2]),
        published=sourced_date(_header(message, "Date"), "metadata"),
    )


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message[name] or "")
    except (ValueError, IndexError, TypeError, AttributeError):  # a malformed header is no header
        return ""


def _body(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    try:
        content = part.get_content()
    except (LookupError, ValueError, KeyError):  # an unknown charset: keep what can be read
        payload = part.get_payload(decode=True)
        content = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else str(payload or "")
    text = content if isinstance(content, str) else ""
    return fragment_text(text) if part.get_content_type() == "text/html" else text


def attachments(data: bytes, where: str) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each attached file."""
    for number, part in enumerate(parse_mail(data, where).iter_attachments(), 1):
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes) and payload.strip():
            yield part.get_filename() or f"attachment-{number}", payload
