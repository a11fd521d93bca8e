from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.workforce.domain.organisation import LegalEmployer, Organisation
from services.workforce.domain.staff_number import StaffNumber
from shared.kernel.errors import InvalidError, RefusedError

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def works(name: str = "Ministry of Works", group: str | None = "Works Group") -> Organisation:
    return Organisation.recorded(name, group, "department", by="operator", now=NOW)


def test_an_organisation_is_known_by_the_slug_of_its_name_for_ever() -> None:
    assert works().slug == "ministry-of-works"
    assert works().id == works("MINISTRY of works").id == Organisation.id_of("ministry-of-works")


def test_an_organisation_and_an_employer_of_one_name_are_two_things() -> None:
    employer = LegalEmployer.recorded("Ministry of Works", "ministry-of-works", by="operator", now=NOW)
    assert employer.slug == works().slug
    assert employer.id != works().id


@pytest.mark.parametrize("name", ["", "=Works", "…", "x" * 81, "Works\u202e"])
def test_a_name_without_a_fit_slug_is_refused(name: str) -> None:
    with pytest.raises(InvalidError) as caught:
        works(name)
    assert caught.value.data["field"] == "organisation"


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(InvalidError, match="department, centre"):
        Organisation.recorded("Works", None, "branch", by="operator", now=NOW)


def test_the_same_group_in_another_spelling_is_the_same() -> None:
    works().check_same("WORKS  group", "department")


def test_another_group_or_kind_is_refused_with_what_is_known() -> None:
    with pytest.raises(RefusedError, match="in the group ‘Works Group’"):
        works().check_same("Other Group", "department")
    with pytest.raises(RefusedError, match="without a group"):
        works(group=None).check_same("Other Group", "department")
    with pytest.raises(RefusedError, match="known as a department"):
        works().check_same("Works Group", "centre")


def test_a_staff_number_is_one_thing_at_each_employer() -> None:
    assert StaffNumber.id_of("works", "0001") != StaffNumber.id_of("parks", "0001")
    assert StaffNumber.id_of("works", "0001") == StaffNumber.id_of("works", "0001")
