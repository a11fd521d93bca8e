"""The probe's worker as a process of its own: ``python -m tests.shared.probe.run_worker``, set by the environment.

It notes the longest time that its loop stood still, in seconds, in the file that ``PROBE_WATCH`` names. Time in which
the machine gave the processor to others does not count.
"""

from __future__ import annotations

from shared.bus import runner  # isort: skip  - first of all: it patches for green threads

import os
import time
from pathlib import Path

import eventlet

from shared.runtime.settings import Settings
from shared.runtime.telemetry import configure
from tests.shared.probe import SERVICE

TICK = 0.005


def watch(note: Path) -> None:
    """Measure for ever how much later than asked this loop wakes."""
    worst = 0.0
    while True:
        began, waited = time.monotonic(), _waited()
        eventlet.sleep(TICK)
        stood_still = time.monotonic() - began - TICK - (_waited() - waited)
        if stood_still > worst:
            worst = stood_still
            note.write_text(f"{worst:.4f}")


def _waited() -> float:
    """Seconds in which this thread could have run and was not let."""
    return int(Path("/proc/thread-self/schedstat").read_text().split()[1]) / 1e9


def main() -> None:
    """Run until told to stop."""
    settings = Settings.read().serving((SERVICE.name,))
    configure(settings.log_level, "worker")
    if note := os.environ.get("PROBE_WATCH"):
        eventlet.spawn(watch, Path(note))
    runner.run({SERVICE.name: SERVICE}, settings)


if __name__ == "__main__":
    main()
