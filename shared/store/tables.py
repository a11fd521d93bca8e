"""The tables that every service has: in its log, in its read side, and for its persons' keys."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

LOG_VERSION = "0002"
RECEIVED_VERSION = "0001"
KEYS_VERSION = "0001"
"""The schema versions that this code reads and writes; ``carers migrate`` brings databases to them."""

log_metadata = MetaData()

events = Table(
    "events",
    log_metadata,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("originator_id", Uuid, nullable=False),
    Column("originator_version", BigInteger, nullable=False),
    Column("topic", String(100), nullable=False),
    Column("state", LargeBinary, nullable=False),
    UniqueConstraint("originator_id", "originator_version", name="uq_events_originator"),
)

head = Table(
    "head",
    log_metadata,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("epoch", String(36), nullable=False),
    Column("position", BigInteger, nullable=False),
)

epochs = Table(
    "epochs",
    log_metadata,
    Column("epoch", String(36), primary_key=True),
    Column("after_position", BigInteger, nullable=False),
    Column("began", String(32), nullable=False),
)

command_keys = Table(
    "command_keys",
    log_metadata,
    Column("scope", String(200), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("answer", Text, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("recorded", String(32), nullable=False),
)

relays = Table(
    "relays",
    log_metadata,
    Column("name", String(60), primary_key=True),
    Column("holder", String(60), nullable=False),
    Column("fence", BigInteger, nullable=False),
    Column("expires", Float, nullable=False),
    Column("epoch", String(36), nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("previous", BigInteger, nullable=False),
)

read_audit = Table(
    "read_audit",
    log_metadata,
    Column("id", String(36), primary_key=True),
    Column("at", String(32), nullable=False),
    Column("reader", String(36), nullable=False),
    Column("role", String(40), nullable=False),
    Column("subject", String(36), nullable=False),
    Column("what", String(100), nullable=False),
    Index("ix_read_audit_subject", "subject", "at"),
)

seen = Table(
    "seen",
    log_metadata,
    Column("person", String(36), primary_key=True),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("through", Boolean, nullable=False),
)
"""What each person has marked as seen of what others did: the event at a position or, ``through``, all up to it.

The row of person ``""`` holds for everybody.
"""

received_metadata = MetaData()

received = Table(
    "received",
    received_metadata,
    Column("subscription", String(60), primary_key=True),
    Column("source", String(120), primary_key=True),
    Column("epoch", String(36), primary_key=True),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("stream", String(120), nullable=False),
    Column("type", String(120), nullable=False),
    Column("state", String(12), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("received", String(32), nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_try", Float, nullable=False, default=0.0),
    Column("error", String(200), nullable=False, default=""),
    Column("reason", Text, nullable=False, default=""),
)
SET_ASIDE = "state <> 'applied'"
"""Which rows of ``received`` the index by state holds: the few, so that it costs the others nothing."""

Index(
    "ix_received_state",
    received.c.subscription,
    received.c.state,
    received.c.stream,
    sqlite_where=text(SET_ASIDE),
    postgresql_where=text(SET_ASIDE),
)

undecoded = Table(
    "undecoded",
    received_metadata,
    Column("id", String(36), primary_key=True),
    Column("subscription", String(60), nullable=False),
    Column("state", String(12), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("received", String(32), nullable=False),
    Column("error", String(200), nullable=False),
    Column("reason", Text, nullable=False, default=""),
)

bookmarks = Table(
    "bookmarks",
    received_metadata,
    Column("subscription", String(60), primary_key=True),
    Column("source", String(120), primary_key=True),
    Column("epoch", String(36), nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("head", BigInteger, nullable=False),
    Column("moved", Float, nullable=False),
)

read_models = Table(
    "read_models",
    received_metadata,
    Column("service", String(60), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("rebuilds", Integer, nullable=False),
)

keys_metadata = MetaData()

person_keys = Table(
    "person_keys",
    keys_metadata,
    Column("person", String(36), primary_key=True),
    Column("wrapped", LargeBinary, nullable=True),
    Column("created", String(32), nullable=False),
    Column("destroyed", String(32), nullable=True),
)
