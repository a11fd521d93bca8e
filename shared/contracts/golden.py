"""The golden samples: events of every type as they are sent. Once published a sample stays as it is for ever."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parent / "samples"


def samples(event_type: str) -> list[dict[str, Any]]:
    """The type's samples, a valid batch. Raises FileNotFoundError where the type has none."""
    batch: list[dict[str, Any]] = json.loads((FOLDER / f"{event_type}.json").read_text("utf-8"))
    return batch
