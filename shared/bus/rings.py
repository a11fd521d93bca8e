"""Hears what a commit rings – the doorbell on one machine, NOTIFY on PostgreSQL – and wakes the service's threads."""

from __future__ import annotations

from collections.abc import Mapping

import eventlet
import psycopg

from shared.bus.worker import Worker
from shared.runtime.doorbell import listen
from shared.runtime.settings import Settings
from shared.store.statements import CHANNEL


def hear(settings: Settings, workers: Mapping[str, Worker]) -> None:
    """Start listening for every worker of this process."""
    if not settings.database:
        eventlet.spawn_n(_hear_doorbell, settings, workers)
        return
    for worker in workers.values():
        eventlet.spawn_n(_hear_database, worker)


def _hear_doorbell(settings: Settings, workers: Mapping[str, Worker]) -> None:
    receiver = listen(settings.doorbell)
    while True:
        worker = workers.get(receiver.recv(100).decode(errors="replace"))
        if worker is not None:
            worker.ring()


def _hear_database(worker: Worker) -> None:
    database = worker.wiring.stores.log.database
    address = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    while True:
        try:
            with psycopg.connect(address, autocommit=True, connect_timeout=5) as connection:
                connection.execute(f"LISTEN {CHANNEL}")
                worker.ring()
                for _ in connection.notifies():
                    worker.ring()
        except psycopg.OperationalError:
            eventlet.sleep(1.0)  # the poll once a second goes on meanwhile
