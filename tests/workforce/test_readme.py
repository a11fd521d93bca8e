from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

import services.workforce
from services.workforce.domain.pattern_text import monday_of, parse_pattern
from services.workforce.organisation_file import columns as organisation_file
from services.workforce.published import PUBLISHED
from services.workforce.read.projected import PROJECTED
from services.workforce.staff_file.columns import COLUMNS
from shared.files.columns import Column

README = (Path(services.workforce.__file__).parent / "README.md").read_text()


@pytest.mark.parametrize(
    ("mark", "columns"),
    [("columns", COLUMNS), ("organisation columns", organisation_file.COLUMNS)],
    ids=["staff", "organisations"],
)
def test_the_tables_of_columns_are_complete_and_exact(mark: str, columns: Sequence[Column]) -> None:
    lines = ["| column | meaning | example |", "|---|---|---|"]
    lines += [f"| `{column.name}` | {column.meaning} | `{column.example}` |" for column in columns]
    told = README.partition(f"<!-- {mark} -->\n")[2].partition(f"\n<!-- /{mark} -->")[0]
    expected = "\n".join(lines)
    assert told == expected, f"put this between the marks:\n{expected}"


@pytest.mark.parametrize("line", README.partition("### Working patterns\n```\n")[2].partition("\n```")[0].splitlines())
def test_every_pattern_of_the_documentation_can_be_read(line: str) -> None:
    text = line.partition("   ")[0]
    assert parse_pattern(text, date(2026, 4, 1)).starts in (monday_of(date(2026, 4, 1)), date(2026, 1, 5))


@pytest.mark.parametrize("topic", sorted({*PUBLISHED, *PROJECTED, "workforce.staff-number.claimed"}))
def test_every_own_event_is_named(topic: str) -> None:
    _, stem, name = topic.split(".")
    assert f"workforce.{stem}." in README
    assert f".{name}`" in README


@pytest.mark.parametrize("published", sorted(entry.type for entry in PUBLISHED.values()))
def test_every_published_event_is_named(published: str) -> None:
    assert published.removeprefix("carers.workforce.") in README
