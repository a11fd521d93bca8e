"""Persons' keys, wrapped."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "person_keys",
        sa.Column("person", sa.String(36), primary_key=True),
        sa.Column("wrapped", sa.LargeBinary, nullable=True),
        sa.Column("created", sa.String(32), nullable=False),
        sa.Column("destroyed", sa.String(32), nullable=True),
    )
