"""Write the contracts' documents, or with ``--check`` say which of them are not up to date.

    python -m shared.contracts.generate [--check]

``docs/contracts/`` gets a JSON Schema for the envelope and for each type's data, ``docs/asyncapi.json`` the AsyncAPI
document. With ``--check`` nothing is written and the exit status is 1 where a file differs.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from shared.contracts.asyncapi import document
from shared.contracts.json_schema import data_schema, envelope_schema
from shared.contracts.types import TYPES

DOCS: Final = Path(__file__).resolve().parents[2] / "docs"


def documents() -> dict[str, str]:
    """Every generated file's text by its path below ``docs/``."""
    found = {"asyncapi.json": document(), "contracts/envelope.json": envelope_schema()}
    for types in TYPES.values():
        found |= {f"contracts/{event_type}.json": data_schema(event_type) for event_type in types}
    return {path: _text(content) for path, content in found.items()}


def stale(docs: Path) -> list[str]:
    """The paths below ``docs`` that are missing, differ, or are there though no contract makes them."""
    wanted = documents()
    there = {path.relative_to(docs).as_posix() for path in docs.glob("contracts/*.json")}
    different = {path for path, text in wanted.items() if not _same(docs / path, text)}
    return sorted(different | (there - wanted.keys()))


def write(docs: Path) -> None:
    """Bring every generated file below ``docs`` up to date; one that no contract makes any more is removed."""
    wanted = documents()
    for path in stale(docs):
        file = docs / path
        if path in wanted:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(wanted[path], "utf-8")
        else:
            file.unlink()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the answer is its exit status."""
    parser = argparse.ArgumentParser(prog="shared.contracts.generate", description="Write the contracts' docs")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a file is not up to date")
    parser.add_argument("--docs", type=Path, default=DOCS, help="the folder to write to (default: the project's docs)")
    given = parser.parse_args(arguments)
    if not given.check:
        write(given.docs)
        return 0
    found = stale(given.docs)
    for path in found:
        print(f"{given.docs / path} is not up to date: run 'python -m shared.contracts.generate'")
    return 1 if found else 0


def _text(content: dict[str, object]) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _same(file: Path, text: str) -> bool:
    return file.is_file() and file.read_text("utf-8") == text


if __name__ == "__main__":
    sys.exit(main())
