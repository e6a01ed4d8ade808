"""The tables of accounts. Secrets stand there only as hashes: who reads the file cannot sign in with it."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, MetaData, String, Table

meta = MetaData()

person = Table(
    "standoff_person",
    meta,
    Column("id", Integer, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("folded", String(200), nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    Column("password", String(300)),
    Column("active", Boolean, nullable=False),
    Column("made", String(32), nullable=False),
)
"""``folded`` is the name as names are compared; ``password`` an Argon2id hash, null where none is set."""

session = Table(
    "standoff_session",
    meta,
    Column("key_hash", String(64), primary_key=True),
    Column("csrf", String(64), nullable=False),
    Column("person", ForeignKey("standoff_person.id"), nullable=False),
    Column("made", Integer, nullable=False),
    Column("used", Integer, nullable=False),
)
"""``made`` and ``used`` are seconds since 1970."""

ticket = Table(
    "standoff_ticket",
    meta,
    Column("id", Integer, primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("role", String(16), nullable=False),
    Column("person", ForeignKey("standoff_person.id")),
    Column("by", String(200), nullable=False),
    Column("until", Integer, nullable=False),
)
"""What may be used once: an invitation to make an account, or a link that signs a known person in."""
