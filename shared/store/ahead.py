"""A service's lists as its own log has them, also what the worker has not folded yet; nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from shared.store.mapper import History
from shared.store.projector import fold
from shared.store.received import bookmark
from shared.store.rows import Rows
from shared.store.stores import Stores
from shared.store.subscriptions import Projection

MOST = 1000
"""Log entries folded for one look; what lies after them waits for the worker."""


@contextmanager
def reading_ahead(
    stores: Stores, name: str, service: str, projection: Projection, history: History
) -> Iterator[Connection]:
    """A connection whose read side has the own log's next entries folded in, undone when the block ends.

    It writes, if only for a moment: use it where the lists are known to be behind, not for every question.
    """
    with stores.read.trying() as connection:
        _, position = bookmark(connection, name, service)
        rows = Rows(connection)
        for _ in fold(rows, stores.log.read_after(position, MOST), projection, history):
            pass
        yield connection
