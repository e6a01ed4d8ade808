"""Preserved bytes and text layers as stored: zlib, with the size and a CRC of the packed form."""

from __future__ import annotations

import zlib
from typing import NamedTuple

from standoff.errors import RecordError
from standoff.model import sha256_hex
from standoff.record.schema import MAX_DATA

LEVEL = 6


class Packed(NamedTuple):
    """Content ready to store. The CRC also covers bits that do not change what it holds."""

    sha256: str
    size: int
    crc32: int
    packed: bytes


def pack(data: bytes, where: str) -> Packed:
    """Pack content. Raises `RecordError` over the stated limit."""
    if len(data) > MAX_DATA:
        raise RecordError(
            f"a document of {len(data)} bytes is over the limit of {MAX_DATA}",
            where=where,
            todo="split it, or keep it elsewhere and add its text",
        )
    packed = zlib.compress(data, LEVEL)
    return Packed(sha256_hex(data), len(data), zlib.crc32(packed), packed)


def unpack(sha256: str, size: int, packed: bytes) -> bytes:
    """The content. Raises `RecordError` when it is not what its hash says."""
    problem = f"stored content {sha256[:12]}… "
    if not 0 <= size <= MAX_DATA:
        raise RecordError(problem + "states an impossible size")
    inflate = zlib.decompressobj()
    try:
        # Never more than one byte over the stated size, whatever the packed form claims to be.
        data = inflate.decompress(packed, size + 1)
    except zlib.error as err:
        raise RecordError(problem + f"cannot be unpacked: {err}") from err
    if len(data) != size or not inflate.eof or inflate.unused_data:
        raise RecordError(problem + "is not of its stated size")
    if sha256_hex(data) != sha256:
        raise RecordError(problem + "does not match its SHA-256")
    return data


def text_of(data: bytes) -> str:
    """A text layer from its bytes; lone surrogates are kept."""
    return data.decode("utf-8", "surrogatepass")


def text_bytes(text: str) -> bytes:
    """The bytes of a text layer, as `model.text_sha256` hashes them."""
    return text.encode("utf-8", "surrogatepass")
