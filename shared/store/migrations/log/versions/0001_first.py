"""The log as first released: events, head and epochs, command keys, relays, the audit of reads."""

import uuid
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables and the log's first epoch."""
    op.create_table(
        "events",
        sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("originator_id", sa.Uuid, nullable=False),
        sa.Column("originator_version", sa.BigInteger, nullable=False),
        sa.Column("topic", sa.String(100), nullable=False),
        sa.Column("state", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("originator_id", "originator_version", name="uq_events_originator"),
    )
    head = op.create_table(
        "head",
        sa.Column("one", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("epoch", sa.String(36), nullable=False),
        sa.Column("position", sa.BigInteger, nullable=False),
    )
    epochs = op.create_table(
        "epochs",
        sa.Column("epoch", sa.String(36), primary_key=True),
        sa.Column("after_position", sa.BigInteger, nullable=False),
        sa.Column("began", sa.String(32), nullable=False),
    )
    op.create_table(
        "command_keys",
        sa.Column("scope", sa.String(200), primary_key=True),
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("recorded", sa.String(32), nullable=False),
    )
    op.create_table(
        "relays",
        sa.Column("name", sa.String(60), primary_key=True),
        sa.Column("holder", sa.String(60), nullable=False),
        sa.Column("fence", sa.BigInteger, nullable=False),
        sa.Column("expires", sa.Float, nullable=False),
        sa.Column("epoch", sa.String(36), nullable=False),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("previous", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "read_audit",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("reader", sa.String(36), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(36), nullable=False),
        sa.Column("what", sa.String(100), nullable=False),
    )
    op.create_index("ix_read_audit_subject", "read_audit", ["subject", "at"])
    epoch = str(uuid.uuid4())
    op.bulk_insert(head, [{"one": 1, "epoch": epoch, "position": 0}])
    op.bulk_insert(epochs, [{"epoch": epoch, "after_position": 0, "began": datetime.now(UTC).isoformat()}])
