"""Every test that the page about traps names is there, and no line is without one."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "traps.md"
ROWS = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
LINES = [row for row in ROWS if not row.startswith("| what happens")]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def held_in(path: Path) -> set[str]:
    """The names of the tests that a file holds."""
    if not path.is_file():
        return set()
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return {node.name for node in body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[2:42])
def test_every_trap_has_tests_that_exist(line: str) -> None:
    told = line.rstrip(" |").rpartition("|")[2]
    named = NAMED.findall(told)

    assert named
    assert [f"{path}::{test}" for path, test in named if test not in held_in(ROOT / path)] == []
    assert NAMED.sub("", told).replace("<br>", "").strip() == "", "only names of tests stand here"


def test_every_line_has_three_columns() -> None:
    assert [row for row in ROWS if row.count(" | ") != 2] == []
    assert len(LINES) > 30


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)#:]+)\)", PAGE.read_text(encoding="utf-8")))
def test_what_it_links_to_is_there(link: str) -> None:
    assert (PAGE.parent / link).exists()


def test_the_architecture_leads_to_it() -> None:
    assert "(traps.md)" in (PAGE.parent / "architecture.md").read_text(encoding="utf-8")
