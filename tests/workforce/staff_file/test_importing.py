from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from services.workforce.domain.commands import ForgetPerson, RecordEmployment
from services.workforce.staff_file.importing import BATCH, Imported, StaffImport
from shared.files.rows import Problem
from shared.people.questions import organisation_named
from shared.store.commands import CommandKey
from shared.store.tables import command_keys
from tests.workforce.conftest import GOOD_ROW, TERMS, WORKS, Desk

AS_OF = date(2026, 3, 2)
Write = Callable[..., Path]


class Witness:
    """What an import told while it ran."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.stages: list[tuple[str, int]] = []
        self.rows = 0

    def stage(self, words: str, total: int) -> None:
        self.stages.append((words, total))

    def advance(self, rows: int) -> None:
        self.rows += rows

    def problem(self, problem: Problem) -> None:
        self.problems.append(problem)

    def told(self) -> list[tuple[int, str]]:
        return [(problem.line, problem.column) for problem in self.problems]


def bring(desk: Desk, path: Path, *, as_of: date = AS_OF, dry: bool = False) -> tuple[Imported, Witness]:
    witness = Witness()
    with path.open("rb") as file:
        return StaffImport(desk.application, witness, as_of=as_of, dry=dry).run(file), witness


def counts(result: Imported) -> tuple[int, int, int, int]:
    return (*(result.outcomes[name] for name in ("new", "changed", "unchanged")), result.bad)  # type: ignore[return-value]


def topics(desk: Desk, after: int) -> list[str]:
    return [event["topic"].removeprefix("workforce.") for event in desk.events(after)]


def person_of(desk: Desk, number: str) -> str:
    people: dict[tuple[str, str], str] = desk.application.people_of([(WORKS, number)])
    return people[WORKS, number]


def test_a_row_records_a_person_and_their_employment_from_its_first_day(desk: Desk, staff_file: Write) -> None:
    before = desk.head()
    result, _ = bring(desk, staff_file({}))
    assert counts(result) == (1, 0, 0, 0)
    assert topics(desk, before) == ["staff-number.claimed", "person.recorded", "employment.recorded"]
    event = desk.events(before)[-1]
    assert event["person"] == person_of(desk, "0001")
    assert event["effective_from"] == "2020-04-01"
    assert event["by"] == "system"


def test_organisations_and_employers_of_the_file_are_recorded_once(desk: Desk, staff_file: Write) -> None:
    rows = [{"organisation": "New Agency", "employer": "New Employer", "group": "Works Group"}] * 3
    path = staff_file(*rows, header=",".join([*_columns(), "group"]))
    before = desk.head()
    bring(desk, path)
    assert topics(desk, before).count("organisation.recorded") == 1
    assert topics(desk, before).count("employer.recorded") == 1
    desk.show()
    with desk.wiring.reading() as connection:
        found = organisation_named(connection, "new-agency")
    assert found is not None
    assert (found.name, found.group, found.kind) == ("New Agency", "Works Group", "department")


def test_the_same_file_again_writes_nothing(desk: Desk, staff_file: Write) -> None:
    path = staff_file({"manager_staff_number": "0002"}, {}, {"ends": "2026-12-31"})
    bring(desk, path)
    before = desk.head(), _keys(desk)
    result, _ = bring(desk, path, as_of=date(2026, 5, 1))
    assert counts(result) == (0, 0, 3, 0)
    assert (desk.head(), _keys(desk)) == before


def test_a_dry_run_writes_nothing_and_tells_the_same(desk: Desk, staff_file: Write) -> None:
    path = staff_file({"manager_staff_number": "0002"}, {}, {"fte": "2"})
    before = desk.head(), _keys(desk)
    dry, dry_witness = bring(desk, path, dry=True)
    assert (desk.head(), _keys(desk)) == before
    real, witness = bring(desk, path)
    assert counts(dry) == counts(real) == (2, 0, 0, 1)
    assert dry_witness.problems == witness.problems
    again, _ = bring(desk, path, dry=True)
    assert counts(again) == (0, 0, 2, 1)


def test_a_manager_may_come_later_in_the_file(desk: Desk, staff_file: Write) -> None:
    before = desk.head()
    bring(desk, staff_file({"manager_staff_number": "0003"}, {"manager_staff_number": "0001"}, {}))
    recorded = [event for event in desk.events(before) if event["topic"] == "workforce.employment.recorded"]
    assert [event["manager"] for event in recorded] == [person_of(desk, "0003"), person_of(desk, "0001"), None]
    assert "employment.changed" not in topics(desk, before)


def test_a_manager_may_be_known_from_before(desk: Desk, staff_file: Write) -> None:
    manager, _ = desk.hire("Known Before", "0900")
    before = desk.head()
    result, _ = bring(desk, staff_file({"manager_staff_number": "0900"}))
    assert counts(result) == (1, 0, 0, 0)
    assert desk.events(before)[-1]["manager"] == manager


def test_rows_whose_manager_is_nobody_are_left_out_with_those_who_hang_on_them(desk: Desk, staff_file: Write) -> None:
    before = desk.head()
    path = staff_file(
        {"manager_staff_number": "0002"}, {"manager_staff_number": "0777"}, {}, {"manager_staff_number": "0003"}
    )
    result, witness = bring(desk, path)
    assert counts(result) == (2, 0, 0, 2)
    assert witness.told() == [(3, "manager_staff_number"), (2, "manager_staff_number")]
    assert "Nobody has the staff number 0777" in witness.problems[0].message
    assert "on line 3, which has a mistake itself" in witness.problems[1].message
    claimed = {event["number"] for event in desk.events(before) if event["topic"].endswith("claimed")}
    assert claimed == {"0003", "0004"}


def test_the_manager_of_a_bad_row_is_told_of_it(desk: Desk, staff_file: Write) -> None:
    _, witness = bring(desk, staff_file({"manager_staff_number": "0002"}, {"fte": "2"}))
    assert witness.told() == [(3, "fte"), (2, "manager_staff_number")]
    assert "on line 3" in witness.problems[1].message


def test_bad_rows_are_left_out_and_good_ones_imported(desk: Desk, staff_file: Write) -> None:
    result, witness = bring(desk, staff_file({}, {"fte": "2", "nation": "France"}, {}))
    assert counts(result) == (2, 0, 0, 1)
    assert witness.told() == [(3, "nation"), (3, "fte")]
    with pytest.raises(KeyError):
        person_of(desk, "0002")


def test_a_number_twice_in_the_file_counts_once_and_is_told(desk: Desk, staff_file: Write) -> None:
    result, witness = bring(desk, staff_file({}, {"staff_number": "0001"}))
    assert counts(result) == (1, 0, 0, 1)
    assert witness.told() == [(3, "staff_number")]
    assert "Line 2 has this staff number already" in witness.problems[0].message


def test_the_same_number_with_two_employers_is_two_people(desk: Desk, staff_file: Write) -> None:
    result, _ = bring(desk, staff_file({}, {"staff_number": "0001", "employer": "Parks Agency"}))
    assert counts(result) == (2, 0, 0, 0)


def test_an_organisation_keeps_its_group_and_kind(desk: Desk, staff_file: Write) -> None:
    header = ",".join([*_columns(), "group", "organisation_kind"])
    path = staff_file(
        {"group": "MINISTRY of Works"},
        {"group": "Other"},
        {"organisation_kind": "centre"},
        {"organisation": "New Agency", "group": "A"},
        {"organisation": "New Agency", "group": "B"},
        {"organisation": "New Agency"},
        header=header,
    )
    result, witness = bring(desk, path)
    assert counts(result) == (3, 0, 0, 3)
    assert witness.told() == [(3, "group"), (4, "organisation_kind"), (6, "group")]
    assert "‘A’ on line 5" in witness.problems[2].message


def test_changed_terms_hold_from_the_day_that_is_given(desk: Desk, staff_file: Write) -> None:
    bring(desk, staff_file({}, {}))
    before = desk.head()
    result, _ = bring(
        desk, staff_file({"post": "Higher Executive Officer", "pattern": "mon-wed 7:24", "fte": "3/5"}, {})
    )
    assert counts(result) == (0, 1, 1, 0)
    (event,) = desk.events(before)
    assert event["topic"] == "workforce.employment.changed"
    assert (event["effective_from"], event["post"], event["fte"]) == ("2026-03-02", "Higher Executive Officer", "3/5")
    assert event["person"] == person_of(desk, "0001")


def test_changes_hold_neither_before_the_first_day_nor_after_the_last(desk: Desk, staff_file: Write) -> None:
    bring(desk, staff_file({"starts": "2027-01-01"}, {"ends": "2024-06-30"}))
    before = desk.head()
    bring(desk, staff_file({"starts": "2027-01-01", "post": "B"}, {"ends": "2024-06-30", "post": "B"}))
    assert [event["effective_from"] for event in desk.events(before)] == ["2027-01-01", "2024-06-30"]


def test_a_last_day_ends_the_employment_and_may_be_taken_back(desk: Desk, staff_file: Write) -> None:
    bring(desk, staff_file({}))
    before = desk.head()
    bring(desk, staff_file({"ends": "2026-06-30"}))
    bring(desk, staff_file({}))
    assert topics(desk, before) == ["employment.ended", "employment.changed"]
    assert desk.events(before)[-1]["ends"] is None


def test_there_and_back_on_one_day_ends_where_the_last_file_says(desk: Desk, staff_file: Write) -> None:
    first, second = staff_file({}, name="a.csv"), staff_file({"post": "B"}, name="b.csv")
    bring(desk, first)
    for path in (second, first, second, first):
        result, _ = bring(desk, path)
        assert counts(result) == (0, 1, 0, 0)
    assert desk.events()[-1]["post"] == "Executive Officer"


def test_a_changed_name_is_corrected_and_never_stored_in_plain(desk: Desk, staff_file: Write) -> None:
    bring(desk, staff_file({}))
    before = desk.head()
    result, _ = bring(desk, staff_file({"name": "Quite Another"}))
    assert counts(result) == (0, 1, 0, 0)
    (event,) = desk.events(before)
    assert event["topic"] == "workforce.person.name-corrected"
    assert "Quite Another" not in event["name"]


def test_a_new_first_day_after_the_last_one_is_a_new_employment_of_the_same_person(
    desk: Desk, staff_file: Write
) -> None:
    bring(desk, staff_file({"ends": "2023-12-31"}))
    before = desk.head()
    result, _ = bring(desk, staff_file({"starts": "2025-01-01"}))
    assert counts(result) == (0, 1, 0, 0)
    (event,) = desk.events(before)
    assert event["topic"] == "workforce.employment.recorded"
    assert event["person"] == person_of(desk, "0001")


def test_an_overlapping_first_day_is_refused_and_told(desk: Desk, staff_file: Write) -> None:
    bring(desk, staff_file({}))
    before = desk.head()
    result, witness = bring(desk, staff_file({"starts": "2021-01-01", "name": "Changed Too"}))
    assert counts(result) == (0, 0, 0, 1)
    assert witness.told() == [(2, "starts")]
    assert desk.head() == before


def test_a_forgotten_person_is_not_imported_again(desk: Desk, staff_file: Write) -> None:
    path = staff_file({}, {})
    bring(desk, path)
    desk.send(ForgetPerson(person_of(desk, "0001"), "operator"))
    before = desk.head()
    result, witness = bring(desk, path)
    assert counts(result) == (0, 0, 1, 1)
    assert witness.told() == [(2, "staff_number")]
    assert "has been erased" in witness.problems[0].message
    assert desk.head() == before


def test_people_recorded_by_hand_and_by_import_are_the_same_people(desk: Desk, staff_file: Write) -> None:
    person, _ = desk.hire("Sample Person 0001", "0001")
    before = desk.head()
    result, _ = bring(desk, staff_file({}))
    assert counts(result) == (0, 0, 1, 0)
    assert person_of(desk, "0001") == person
    assert desk.head() == before


def test_an_import_that_broke_off_goes_on_where_it_was(desk: Desk, staff_file: Write) -> None:
    rows = [{} for _ in range(BATCH + 50)]
    rows[0] = {"manager_staff_number": f"{BATCH + 50:04d}"}
    path = staff_file(*rows)
    application = desk.application
    usual = application.execute
    sent: list[str] = []

    def breaks(command: object, key: CommandKey) -> object:
        sent.append(type(command).__name__)
        if sent.count("ImportStaff") == 2:
            raise KeyboardInterrupt
        return usual(command, key)

    application.execute = breaks
    with pytest.raises(KeyboardInterrupt):
        bring(desk, path)
    application.execute = usual
    result, _ = bring(desk, path)
    assert counts(result) == (50, 0, BATCH, 0)
    recorded = [event for event in desk.events() if event["topic"] == "workforce.employment.recorded"]
    assert len({event["person"] for event in recorded}) == len(recorded) == BATCH + 50
    assert recorded[0]["manager"] == person_of(desk, f"{BATCH + 50:04d}")
    assert "employment.changed" not in topics(desk, 0)


def test_a_number_claimed_by_an_import_that_broke_off_can_be_used_by_hand(desk: Desk, staff_file: Write) -> None:
    application = desk.application
    usual = application.execute

    def breaks(command: object, key: CommandKey) -> object:
        if type(command).__name__ == "ImportStaff":
            raise KeyboardInterrupt
        return usual(command, key)

    application.execute = breaks
    with pytest.raises(KeyboardInterrupt):
        bring(desk, staff_file({}))
    application.execute = usual
    person, _ = desk.hire("Sample Person 0001", "0001")
    assert person == person_of(desk, "0001")


def test_somebody_hired_between_two_batches_is_not_recorded_twice(desk: Desk, staff_file: Write) -> None:
    path = staff_file(*({} for _ in range(BATCH + 1)))
    application = desk.application
    usual = application.execute
    last = f"{BATCH + 1:04d}"

    def meanwhile(command: object, key: CommandKey) -> object:
        answer = usual(command, key)
        if type(command).__name__ == "ImportStaff" and desk.application.execute is meanwhile:
            application.execute = usual
            given = TERMS.__class__(**{**vars(TERMS), "staff_number": last})
            desk.send(RecordEmployment("", "Sample Person " + last, given, "hr"))
        return answer

    application.execute = meanwhile
    result, _ = bring(desk, path)
    assert result.outcomes["new"] + result.outcomes["unchanged"] == BATCH + 1
    recorded = [event["staff_number"] for event in desk.events() if event["topic"] == "workforce.employment.recorded"]
    assert recorded.count(last) == 1


def test_stages_and_rows_are_told_for_the_progress_bar(desk: Desk, staff_file: Write) -> None:
    _, witness = bring(desk, staff_file({}, {}, {"fte": "2"}))
    assert witness.stages == [("Checking", 0), ("Matching", 2), ("Importing", 2)]
    assert witness.rows == 3 + 2 + 2


def _columns() -> list[str]:
    return list(GOOD_ROW)


def _keys(desk: Desk) -> int:
    with desk.wiring.stores.log.database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(command_keys)).scalar_one())
