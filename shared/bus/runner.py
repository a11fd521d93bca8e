"""The worker process: the services' nameko classes on one bus, stopped by SIGTERM or Ctrl-C within seconds.

Import order matters here and nowhere else: eventsourcing first, then eventlet's patches, then the rest.
"""

from __future__ import annotations

import os

os.environ.setdefault("PSYCOPG_WAIT_FUNC", "wait_selector")  # psycopg's C wait would stop the loop

import eventlet
import eventsourcing.application
import eventsourcing.persistence  # noqa: F401

eventlet.monkey_patch()

import signal  # noqa: E402
import sys  # noqa: E402
from typing import Any  # noqa: E402

import psycopg.waiting  # noqa: E402
from eventlet.event import Event  # noqa: E402
from nameko.runners import ServiceRunner  # noqa: E402

from shared.bus.feed import HttpFeed  # noqa: E402
from shared.bus.rings import hear  # noqa: E402
from shared.bus.transport import Bus  # noqa: E402
from shared.bus.worker import Worker  # noqa: E402
from shared.process.service import Service  # noqa: E402
from shared.process.settings import Settings  # noqa: E402
from shared.process.telemetry import log  # noqa: E402
from shared.web.keys import load_keys  # noqa: E402
from shared.web.tokens import issue_service_token  # noqa: E402

STOP_SECONDS = 25.0


def run(services: dict[str, Service], settings: Settings) -> None:
    """Run the services' workers until told to stop."""
    if psycopg.waiting.wait is not psycopg.waiting.wait_selector:
        raise RuntimeError("psycopg must wait with wait_selector in a worker; import shared.bus.runner first.")
    workers = _workers(services, settings)
    runner = ServiceRunner()
    for name, service in services.items():
        runner.add_service(_bound(service, workers[name]))
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None if stop.ready() else stop.send(None))
    for worker in workers.values():
        worker.start()
    hear(settings, workers)
    runner.start()
    log.info("worker-started", services=sorted(workers))
    stop.wait()
    with eventlet.Timeout(STOP_SECONDS, False):
        runner.stop()
    for worker in workers.values():
        worker.close()
    log.info("worker-stopped")
    sys.stderr.flush()


def _workers(services: dict[str, Service], settings: Settings) -> dict[str, Worker]:
    bus = Bus(settings.bus, settings.instance)
    keys = load_keys(settings)
    feed = HttpFeed(
        settings.service_url,
        lambda subscription, audience: issue_service_token(
            keys, subscription=subscription, audience=audience, instance=settings.instance
        ),
    )
    clock = settings.clock()
    return {name: Worker(service.part("wiring").wire(settings, clock), bus, feed) for name, service in services.items()}


def _bound(service: Service, worker: Worker) -> type[Any]:
    """The service's nameko class with its worker."""
    classes = [
        value
        for value in vars(service.part("service")).values()
        if isinstance(value, type) and getattr(value, "name", None) == service.name
    ]
    return type(classes[0].__name__, (classes[0],), {"worker": worker})
