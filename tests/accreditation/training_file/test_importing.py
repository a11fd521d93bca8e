"""A training file is brought in: what is right counts once, what is wrong is told with line, column and what to do."""

from __future__ import annotations

import tracemalloc
from datetime import date
from io import BytesIO

import pytest

from services.accreditation.domain.commands import CorrectCompletion
from services.accreditation.training_file.columns import COLUMNS
from services.accreditation.training_file.importing import BATCH, TrainingImport
from shared.contracts import types
from shared.files.importing import Imported
from shared.files.reading import UnusableFileError
from shared.files.rows import Problem
from tests.accreditation.builders import CARER, CODE, HR, MANAGER, ORGANISATION
from tests.accreditation.rig import Rig
from tests.support import project

HEADER = ",".join(column.name for column in COLUMNS)
GOOD = {
    "staff_number": "S1111",
    "organisation": "Ministry of Works",
    "course": CODE,
    "version": "1",
    "completed_on": "2026-02-02",
    "source": "learning-system",
}


class Witness:
    """Remembers what an import told."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.stages: list[tuple[str, int]] = []
        self.rows = 0

    def stage(self, words: str, total: int) -> None:
        """A stage begins."""
        self.stages.append((words, total))

    def advance(self, rows: int) -> None:
        """Rows are done."""
        self.rows += rows

    def problem(self, problem: Problem) -> None:
        """A row is left out."""
        self.problems.append(problem)


def file_of(*rows: dict[str, str]) -> bytes:
    lines = [",".join((GOOD | row)[column.name] for column in COLUMNS) for row in rows]
    return "\n".join([HEADER, *lines, ""]).encode()


def bring(rig: Rig, content: bytes, *, dry: bool = False) -> tuple[Imported, Witness]:
    witness = Witness()
    result = TrainingImport(rig.wiring, witness, dry=dry).run(BytesIO(content))
    project(rig.wiring)
    return result, witness


def completed(rig: Rig) -> list[tuple[str, str]]:
    return [(person, data["completed_on"]) for person, data in rig.told(types.TRAINING_COMPLETED)]


def test_good_rows_become_completions(rig: Rig) -> None:
    rig.course()
    result, _ = bring(rig, file_of({}, {"staff_number": "S2222", "completed_on": "2026-02-03"}))
    assert (result.rows, result.new, result.unchanged, result.bad) == (2, 2, 0, 0)
    assert completed(rig) == [(CARER, "2026-02-02"), (MANAGER, "2026-02-03")]


def test_the_same_file_again_writes_nothing(rig: Rig) -> None:
    rig.course()
    content = file_of({}, {"staff_number": "S2222"}, {})
    assert bring(rig, content)[0].unchanged == 1
    before = rig.wiring.stores.log.head()[1]
    result, _ = bring(rig, content)
    assert (result.new, result.unchanged) == (0, 3)
    assert rig.wiring.stores.log.head()[1] == before


def test_what_was_taken_back_is_brought_in_again_by_the_same_file(rig: Rig) -> None:
    rig.course()
    bring(rig, file_of({}))
    completion = rig.told(types.TRAINING_COMPLETED)[0][1]["completion"]
    rig.run(CorrectCompletion(ORGANISATION, CODE, CARER, completion, HR))
    assert bring(rig, file_of({}))[0].new == 1


def test_a_dry_run_writes_nothing_and_tells_the_same(rig: Rig) -> None:
    rig.course()
    content = file_of({}, {"version": "9"}, {"source": "hearsay"})
    before = rig.wiring.stores.log.head()[1]
    dry, told_dry = bring(rig, content, dry=True)
    assert rig.wiring.stores.log.head()[1] == before
    real, told = bring(rig, content)
    assert dry == real
    assert told_dry.problems == told.problems


@pytest.mark.parametrize(
    ("change", "column", "words"),
    [
        ({"staff_number": ""}, "staff_number", "This cell is empty. Fill it in, such as 00042."),
        ({"staff_number": "S9999"}, "staff_number", "has the staff number S9999. Check it"),
        ({"organisation": "Nowhere"}, "organisation", "There is no organisation of this name"),
        ({"organisation": "!"}, "organisation", "This has no letters or digits"),
        ({"course": "another"}, "course", "Your organisation does not have this course"),
        ({"version": "two"}, "version", "is not the number of a version"),
        ({"version": "2"}, "version", "The course does not have version 2. It has: 1."),
        ({"completed_on": "2 February"}, "completed_on", "is not a date"),
        ({"completed_on": "1026-02-02"}, "completed_on", "is long ago"),
        ({"completed_on": "2026-03-03"}, "completed_on", "The date must be"),
        ({"source": "hearsay"}, "source", "Write one of these"),
    ],
)
def test_a_bad_row_is_told_and_the_others_go_on(rig: Rig, change: dict[str, str], column: str, words: str) -> None:
    rig.course()
    result, witness = bring(rig, file_of({"staff_number": "S2222"}, change, {"staff_number": "S3333"}))
    (problem,) = witness.problems
    assert (problem.line, problem.column) == (3, column)
    assert words in problem.message
    assert (result.new, result.bad) == (2, 1)


def test_a_row_of_somebody_erased_is_told(rig: Rig) -> None:
    rig.course()
    rig.forget(CARER)
    result, witness = bring(rig, file_of({}, {"staff_number": "S2222"}))
    assert (result.new, result.bad) == (1, 1)
    assert "has been erased" in witness.problems[0].message


def test_a_completion_may_come_before_the_first_day_and_after_the_last(rig: Rig) -> None:
    rig.course()
    rig.end(CARER, date(2026, 2, 10))
    newcomer = "88888888-8888-4888-8888-888888888888"
    rig.employ(newcomer, starts="2026-04-01", effective_from=date(2026, 4, 1))
    result, _ = bring(rig, file_of({}, {"staff_number": "S8888"}))
    assert (result.new, result.bad) == (2, 0)


def test_a_file_that_is_none_stores_nothing(rig: Rig) -> None:
    rig.course()
    with pytest.raises(UnusableFileError):
        bring(rig, b"staff_number,course\nS1111,carer-aware\n")
    assert completed(rig) == []


def test_stages_and_rows_are_told_for_the_progress_bar(rig: Rig) -> None:
    rig.course()
    _, witness = bring(rig, file_of({}, {"version": "x"}))
    assert witness.stages == [("Counting", 0), ("Importing", 2)]
    assert witness.rows == 2


class Deaf(Witness):
    """Remembers nothing."""

    def problem(self, problem: Problem) -> None:
        """A row is left out."""


def test_memory_does_not_grow_with_the_file(rig: Rig) -> None:
    rig.course()

    def peak(rows: int) -> int:
        content = BytesIO(file_of(*[{"staff_number": f"N{number}"} for number in range(rows)]))
        tracemalloc.start()
        TrainingImport(rig.wiring, Deaf(), dry=True).run(content)
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return highest

    peak(BATCH)
    grown = peak(160 * BATCH) - peak(40 * BATCH)
    assert grown < 100 * 120 * BATCH, "a row that is kept takes far more than 100 bytes"
