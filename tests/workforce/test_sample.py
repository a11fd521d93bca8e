"""The staff file that ships with the project, and what makes it."""

from __future__ import annotations

import csv
import importlib.util
from collections import Counter
from datetime import date
from fractions import Fraction
from pathlib import Path
from types import ModuleType

import pytest

import services.workforce
from services.workforce.domain.pattern_text import parse_pattern
from services.workforce.read.staff_list import staff_of
from shared.people.questions import all_organisations, headcount
from shared.store.rebuild import rebuild
from tests.workforce.conftest import Desk
from tests.workforce.staff_file.test_importing import bring, counts

DATA = Path(services.workforce.__file__).parent / "data"
SAMPLE = DATA / "staff-sample.csv"
ROOT = DATA.parent.parent.parent


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_sample", ROOT / "tools" / "make_sample.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_sample_is_what_its_maker_makes(maker: ModuleType) -> None:
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        shipped = list(csv.reader(file))
    assert shipped == [list(maker.COLUMNS), *(list(row) for row in maker.sample_rows())]


def test_the_list_of_organisations_is_what_its_maker_makes_and_names_them_as_the_sample_does(
    maker: ModuleType, rows: list[dict[str, str]]
) -> None:
    with (DATA / "organisations-2023.csv").open(encoding="utf-8", newline="") as file:
        listed = [tuple(row) for row in csv.reader(file)]
    assert listed == [maker.ORGANISATION_COLUMNS, *maker.organisation_rows()]
    departments = [row for row in rows if row["organisation_kind"] == "department"]
    assert set(listed[1:]) == {(row["organisation"], row["group"]) for row in departments}


def test_every_real_organisation_has_its_headcount_by_a_hundred(rows: list[dict[str, str]]) -> None:
    people = Counter(row["organisation"] for row in rows if row["organisation_kind"] == "department")
    with (DATA / "headcount-by-organisation-2023.csv").open(encoding="utf-8", newline="") as file:
        for real in csv.DictReader(file):
            expected = max(1, int(Fraction(int(real["headcount"]), 100) + Fraction(1, 2)))
            assert people.pop(real["organisation"].partition(" (")[0]) == expected
    assert not people


def test_names_are_neutral_and_the_centre_is_the_only_organisation_that_is_not_real(rows: list[dict[str, str]]) -> None:
    assert all(row["name"] == f"Sample Person {row['staff_number']}" for row in rows)
    centre = {row["organisation"] for row in rows if row["organisation_kind"] == "centre"}
    assert centre == {"Central Carers' Strategy Team"}


def test_the_full_time_equivalent_is_that_of_the_pattern(rows: list[dict[str, str]]) -> None:
    for row in rows:
        week = parse_pattern(row["pattern"], date(2026, 1, 5)).weekly_minutes
        assert Fraction(row["fte"]) == week / (37 * 60)


def test_there_is_a_manager_for_every_eight_and_one_head_of_each_organisation(rows: list[dict[str, str]]) -> None:
    heads = Counter(row["organisation"] for row in rows if not row["manager_staff_number"])
    assert set(heads.values()) == {1}
    assert len(heads) == 111
    reports = Counter(row["manager_staff_number"] for row in rows if row["manager_staff_number"])
    assert max(reports.values()) <= 15
    home = {row["staff_number"]: row["organisation"] for row in rows}
    assert all(home[row["manager_staff_number"]] == row["organisation"] for row in rows if row["manager_staff_number"])


def test_every_nation_has_people(rows: list[dict[str, str]]) -> None:
    nations = {row["nation"] for row in rows}
    assert nations == {"england", "wales", "scotland", "northern-ireland", "overseas"}


def test_the_sample_is_imported_whole_and_once(desk: Desk, rows: list[dict[str, str]]) -> None:
    result, witness = bring(desk, SAMPLE, dry=True)
    assert counts(result) == (len(rows), 0, 0, 0)
    result, witness = bring(desk, SAMPLE)
    assert witness.problems == []
    assert counts(result) == (len(rows), 0, 0, 0)
    head = desk.head()
    result, _ = bring(desk, SAMPLE)
    assert counts(result) == (0, 0, len(rows), 0)
    assert desk.head() == head
    desk.show()
    today = desk.application.today()
    with desk.wiring.reading() as connection:
        assert headcount(connection, "home-office", today) == 431
        assert staff_of(connection, "home-office", today).total == 431
        assert len(all_organisations(connection)) == 111 + 2
    wiring = desk.wiring
    report = rebuild(wiring.stores, wiring.models, wiring.sources(), wiring.application.history)
    assert report.differing == ()


def test_the_demonstration_can_be_entered_as_everybody_a_story_needs(desk: Desk) -> None:
    bring(desk, SAMPLE)
    desk.show()
    directory = desk.wiring.directory
    kinds = {found.slug: found.kind for found in directory.organisations()}
    assert len(kinds) == 111
    for organisation, kind in kinds.items():
        cast = {persona.role: persona for persona in directory.personas(organisation, {})}
        if kind == "centre":
            assert cast["Statistics"].roles == ("carer", "statistics")
            assert cast["Operator"].roles == ("carer", "operator")
        else:
            assert cast["HR"].roles == ("carer", "hr")
            assert cast["Payroll"].roles == ("carer", "payroll")
            assert cast["Operator"].roles == ("carer", "operator")
    works = {persona.role: persona for persona in directory.personas("met-office", {})}
    assert len({persona.person for persona in works.values()}) == 5
    assert works["Carer"].name.startswith("Sample Person ")
    assert works["Carer"].organisation_name == "Met Office"
    assert directory.personas("nowhere", {}) == []


def test_a_person_named_for_a_role_is_offered_for_it_if_they_work_there(desk: Desk) -> None:
    bring(desk, SAMPLE)
    desk.show()
    directory = desk.wiring.directory
    works = {persona.role: persona for persona in directory.personas("met-office", {})}
    elsewhere = directory.personas("home-office", {})[0].person
    named = {"HR": works["Carer"].person, "Carer": elsewhere, "Payroll": "nobody"}
    cast = {persona.role: persona for persona in directory.personas("met-office", named)}
    assert cast["HR"].person == works["Carer"].person
    assert cast["HR"].name == works["Carer"].name
    assert cast["HR"].roles == ("carer", "hr")
    assert (cast["Carer"], cast["Payroll"]) == (works["Carer"], works["Payroll"])
