"""Write this release's log, for every later release to read: ``python -m tests.history.record VERSION``.

Once written, a release's files never change.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from tests.fleet import Fleet, tell_story

FOLDER = Path(__file__).parent


def record(version: str) -> None:
    """One file a service: a line a stored event, and beside it what was published of it."""
    folder = FOLDER / version
    folder.mkdir()
    with tempfile.TemporaryDirectory() as var:
        fleet = Fleet(Path(var))
        tell_story(fleet)
        for name, wiring in fleet.services.items():
            published = {int(event["id"].rpartition(":")[2]): event for event in fleet.published(name)}
            lines = [
                {
                    "position": entry.position,
                    "originator_id": entry.originator_id.hex,
                    "originator_version": entry.originator_version,
                    "topic": entry.topic,
                    "state": json.loads(entry.state),
                    "published": published.get(entry.position),
                }
                for entry in wiring.stores.log.read_after(0, 100_000)
            ]
            text = "".join(json.dumps(line, sort_keys=True) + "\n" for line in lines)
            (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
        fleet.close()


if __name__ == "__main__":
    record(sys.argv[1])
