"""What each person has seen of what others did. What is in the log by now is news to nobody."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the table; where the log holds something, count that as seen by everybody."""
    seen = op.create_table(
        "seen",
        sa.Column("person", sa.String(36), primary_key=True),
        sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("through", sa.Boolean, nullable=False),
    )
    position = op.get_bind().execute(sa.text("SELECT position FROM head")).scalar()
    if position:
        op.bulk_insert(seen, [{"person": "", "position": position, "through": True}])
