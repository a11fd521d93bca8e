"""The golden samples: events of every type as they are sent. Once published a sample stays as it is for ever."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "samples"


def samples(event_type: str) -> list[dict[str, object]]:
    """The type's samples, a valid batch: of ``<type>.json``, and of ``<type>.<more>.json`` where fields came later.

    Raises FileNotFoundError where the type has none.
    """
    files = [FOLDER / f"{event_type}.json", *sorted(FOLDER.glob(f"{event_type}.*.json"))]
    batch: list[dict[str, object]] = [event for file in files for event in json.loads(file.read_text("utf-8"))]
    return batch
