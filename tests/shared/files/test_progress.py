"""What an import says of its rows: by line, however late a mistake is found."""

from __future__ import annotations

import pytest

from shared.files.progress import Console, FirstProblems
from shared.files.rows import Problem


def problem(line: int, column: str = "", message: str = "Correct it.") -> Problem:
    return Problem(line, column, message)


def test_problems_are_told_in_the_order_of_the_lines(capsys: pytest.CaptureFixture[str]) -> None:
    with Console() as console:
        for line, column in ((7, "post"), (3, ""), (7, "nation"), (5, "fte")):
            console.problem(problem(line, column))
    assert capsys.readouterr().out.splitlines() == [
        "Line 3: Correct it.",
        "Line 5, fte: Correct it.",
        "Line 7, post: Correct it.",
        "Line 7, nation: Correct it.",
    ]


def test_problems_are_told_where_the_import_breaks_off(capsys: pytest.CaptureFixture[str]) -> None:
    console = Console()
    console.__enter__()
    console.problem(problem(9))
    console.__exit__(RuntimeError, RuntimeError(), None)
    assert capsys.readouterr().out == "Line 9: Correct it.\n"


def test_of_many_problems_those_of_the_first_lines_are_kept_and_the_rest_is_counted() -> None:
    kept = FirstProblems(3)
    for line in (9, 4, 8, 2, 7, 2):
        kept.add(problem(line))
    assert [each.line for each in kept.in_order()] == [2, 2, 4]
    assert kept.left_out == 3
