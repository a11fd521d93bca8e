"""The department's mapping: dated, checked, and neutral as shipped."""

from __future__ import annotations

import copy
import json
from dataclasses import asdict
from datetime import date
from importlib.resources import files
from typing import Any

import pytest

from services.payroll.domain.export import file_name
from services.payroll.domain.mapping import ELEMENTS, NEUTRAL_NAMES, ElementCodes
from services.payroll.mapping_file import parse_mapping
from services.payroll.wiring import shipped_mapping
from shared.kernel.errors import InvalidError

TELLING = ("car", "leave", "depend", "health", "famil", "disab", "ill", "sick", "compassion", "relative", "parent")


def shipped() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(files("services.payroll").joinpath("mapping.json").read_text(encoding="utf-8"))
    return data


def texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for name, inside in value.items() for text in (name, *texts(inside))]
    if isinstance(value, list):
        return [text for inside in value for text in texts(inside)]
    return [str(value)]


def test_no_word_of_caring_is_in_the_shipped_codes_columns_or_file_name() -> None:
    sent = [*texts(shipped()), file_name("ministry", "ministry", "monthly", 1)]
    sent += [word for names in NEUTRAL_NAMES.values() for word in asdict(names).values()]
    assert [(text, word) for text in sent for word in TELLING if word in text.lower()] == []


def test_every_employer_and_date_is_covered_by_the_shipped_mapping() -> None:
    codes = shipped_mapping().codes_on("any-employer", date(1900, 1, 1))
    assert set(codes.elements) == set(ELEMENTS)
    assert shipped_mapping().layout_on("any-employer", date(2200, 12, 31)).columns


def test_only_unpaid_time_carries_the_continuity_marker() -> None:
    elements = shipped_mapping().codes_on("any-employer", date(2026, 3, 13)).elements
    assert elements["unpaid"].continuity
    assert not elements["paid"].continuity


def test_the_entry_in_force_on_the_date_decides_and_an_employers_own_goes_first() -> None:
    data = shipped()
    own = {**data["codes"][0], "version": "own-1", "employer": "works", "starts": "2026-04-01", "unit": "hours"}
    later = {**own, "version": "own-2", "starts": "2027-04-01"}
    mapping = parse_mapping({**data, "codes": [later, *data["codes"], own]})
    assert mapping.codes_on("works", date(2026, 3, 31)).version == "default-1"
    assert mapping.codes_on("works", date(2026, 4, 1)).version == "own-1"
    assert mapping.codes_on("works", date(2027, 4, 1)).version == "own-2"
    assert mapping.codes_on("others", date(2027, 4, 1)).version == "default-1"


def test_a_date_that_no_entry_covers_is_refused_with_what_to_add() -> None:
    data = shipped()
    data["codes"][0]["starts"] = "2026-04-01"
    with pytest.raises(InvalidError, match="Add an entry that starts by then"):
        parse_mapping(data).codes_on("works", date(2026, 3, 31))


ONE = {"absence_code": "A", "pay_code": "P", "continuity": ""}


@pytest.mark.parametrize(
    ("path", "value", "why"),
    [
        (("codes", 0, "unit"), "pounds", r"codes 1 unit: Use one of days, hours\."),
        (("codes", 0, "pay_group"), "Monthly Staff", r"codes 1 pay_group: Use lower-case letters"),
        (
            ("codes", 0, "elements"),
            {"paid": {"absence_code": "A", "pay_code": "P", "continuity": ""}},
            r"codes 1 elements unpaid: Missing",
        ),
        (("codes", 0, "starts"), "soon", r"codes 1 starts: Not a valid date"),
        (
            ("layouts", 0, "columns"),
            [["Diagnosis", "diagnosis"]],
            r"layouts 1 columns 1 2: No line has the field diagnosis",
        ),
        (("codes", 0, "version"), 7, r"codes 1 version: Not a valid string"),
        (("codes",), 7, r"codes: Not a valid list"),
        (("layouts", 0, "columns"), [], r"layouts 1 columns: There are no columns"),
    ],
)
def test_a_wrong_entry_is_refused_by_name(path: tuple[Any, ...], value: Any, why: str) -> None:
    data = copy.deepcopy(shipped())
    inside = data
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = value
    with pytest.raises(InvalidError, match=why):
        parse_mapping(data)


def with_elements(**unpaid: str) -> dict[str, Any]:
    data = shipped()
    codes = {"absence_code": "X9", "pay_code": "Q9", "continuity": ""}
    data["codes"][0]["elements"] = {"paid": codes, "unpaid": codes | unpaid}
    return data


def test_a_departments_words_for_its_codes_are_those_on_its_pages() -> None:
    mapping = parse_mapping(with_elements(absence_name="Special absence 9"))
    names = mapping.names_of("works", "unpaid", ElementCodes("X9", "Q9", ""))
    assert (names.absence_name, names.pay_name) == ("Special absence 9", NEUTRAL_NAMES["unpaid"].pay_name)


def test_a_mapping_of_an_earlier_release_has_neutral_words() -> None:
    mapping = parse_mapping(with_elements())
    assert mapping.codes_on("works", date(2026, 3, 13)).names == dict(NEUTRAL_NAMES)


def test_codes_that_the_mapping_no_longer_has_are_told_by_their_element() -> None:
    mapping = parse_mapping(with_elements(absence_name="Special absence 9"))
    assert mapping.names_of("works", "unpaid", ElementCodes("OLD", "Q1", "")) == NEUTRAL_NAMES["unpaid"]


def test_an_employers_own_words_go_before_those_for_any_employer() -> None:
    data = with_elements(absence_name="For any")
    own = copy.deepcopy(data["codes"][0]) | {"employer": "works", "version": "own-1"}
    own["elements"]["unpaid"]["absence_name"] = "For works"
    mapping = parse_mapping({**data, "codes": [own, *data["codes"]]})
    codes = ElementCodes("X9", "Q9", "")
    assert mapping.names_of("works", "unpaid", codes).absence_name == "For works"
    assert mapping.names_of("others", "unpaid", codes).absence_name == "For any"


def test_a_word_that_no_code_has_is_refused() -> None:
    with pytest.raises(InvalidError, match="colour"):
        parse_mapping(with_elements(colour="red"))


def test_the_shipped_columns_call_a_post_a_post_and_a_departments_own_heading_still_loads() -> None:
    layout = shipped_mapping().layout_on("works", date(2026, 3, 13))
    assert {column.heading for column in layout.columns if column.field == "post"} == {"Post"}
    data = shipped()
    data["layouts"][0]["columns"] = [["Assignment number", "post"]]
    own = parse_mapping(data).layout_on("works", date(2026, 3, 13))
    assert [(column.heading, column.field) for column in own.columns] == [("Assignment number", "post")]
