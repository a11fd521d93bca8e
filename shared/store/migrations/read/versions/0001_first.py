"""What was received, where each subscription stands, and which version the read models have."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "received",
        sa.Column("subscription", sa.String(60), primary_key=True),
        sa.Column("source", sa.String(120), primary_key=True),
        sa.Column("epoch", sa.String(36), primary_key=True),
        sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("stream", sa.String(120), nullable=False),
        sa.Column("type", sa.String(120), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("received", sa.String(32), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_try", sa.Float, nullable=False),
        sa.Column("error", sa.String(200), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    set_aside = sa.text("state <> 'applied'")
    columns = ["subscription", "state", "stream"]
    op.create_index("ix_received_state", "received", columns, sqlite_where=set_aside, postgresql_where=set_aside)
    op.create_table(
        "undecoded",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("subscription", sa.String(60), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("received", sa.String(32), nullable=False),
        sa.Column("error", sa.String(200), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_table(
        "bookmarks",
        sa.Column("subscription", sa.String(60), primary_key=True),
        sa.Column("source", sa.String(120), primary_key=True),
        sa.Column("epoch", sa.String(36), nullable=False),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("head", sa.BigInteger, nullable=False),
        sa.Column("moved", sa.Float, nullable=False),
    )
    op.create_table(
        "read_models",
        sa.Column("service", sa.String(60), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("rebuilds", sa.Integer, nullable=False),
    )
