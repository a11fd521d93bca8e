"""The worker process: the services' nameko classes on one bus, stopped by SIGTERM or Ctrl-C within seconds.

Import order matters here and nowhere else: eventsourcing first, then eventlet's patches, then the rest.
"""

from __future__ import annotations

import os
import warnings

os.environ.setdefault("PSYCOPG_WAIT_FUNC", "wait_selector")  # psycopg's C wait would stop the loop
warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")  # known, and kept to shared.bus

import eventlet
import eventsourcing.application
import eventsourcing.persistence  # noqa: F401

eventlet.monkey_patch()

import logging
import signal
import sys

import psycopg.waiting
from eventlet.event import Event
from nameko.runners import ServiceRunner

from shared.bus.feed import HttpFeed
from shared.bus.rings import hear
from shared.bus.transport import Bus
from shared.bus.worker import Worker
from shared.runtime.gc_tuning import collect_seldom
from shared.runtime.service import Service
from shared.runtime.settings import Settings
from shared.runtime.telemetry import log
from shared.runtime.wiring import wire
from shared.web.keys import load_keys
from shared.web.tokens import issue_service_token

STOP_SECONDS = 25.0


def run(services: dict[str, Service], settings: Settings) -> None:
    """Run the services' workers until told to stop."""
    if psycopg.waiting.wait is not psycopg.waiting.wait_selector:
        raise RuntimeError("psycopg must wait with wait_selector in a worker; import shared.bus.runner first.")
    logging.getLogger("nameko.containers").setLevel(logging.CRITICAL)  # the entrypoints tell what failed, by name
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
    collect_seldom()
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
    return {name: Worker(wire(service, settings, clock), bus, feed) for name, service in services.items()}


def _bound(service: Service, worker: Worker) -> type[object]:
    """The service's nameko class with its worker."""
    classes = [
        value
        for value in vars(service.part("service")).values()
        if isinstance(value, type) and getattr(value, "name", None) == service.name
    ]
    return type(classes[0].__name__, (classes[0],), {"worker": worker})
