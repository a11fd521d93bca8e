"""The department's mapping: dated, checked, and neutral as shipped."""

from __future__ import annotations

import copy
import json
from datetime import date
from importlib.resources import files
from typing import Any

import pytest

from services.payroll.domain.export import file_name
from services.payroll.domain.lines import LINE_FIELDS
from services.payroll.domain.mapping import ELEMENTS, parse_mapping
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
    mapping = parse_mapping({**data, "codes": [later, *data["codes"], own]}, LINE_FIELDS)
    assert mapping.codes_on("works", date(2026, 3, 31)).version == "default-1"
    assert mapping.codes_on("works", date(2026, 4, 1)).version == "own-1"
    assert mapping.codes_on("works", date(2027, 4, 1)).version == "own-2"
    assert mapping.codes_on("others", date(2027, 4, 1)).version == "default-1"


def test_a_date_that_no_entry_covers_is_refused_with_what_to_add() -> None:
    data = shipped()
    data["codes"][0]["starts"] = "2026-04-01"
    with pytest.raises(InvalidError, match="Add an entry that starts by then"):
        parse_mapping(data, LINE_FIELDS).codes_on("works", date(2026, 3, 31))


@pytest.mark.parametrize(
    ("path", "value", "why"),
    [
        (("codes", 0, "unit"), "pounds", "unit"),
        (("codes", 0, "pay_group"), "Monthly Staff", "pay group"),
        (("codes", 0, "elements"), {"paid": {"absence_code": "A", "pay_code": "P", "continuity": ""}}, "complete"),
        (("codes", 0, "starts"), "soon", "complete"),
        (("layouts", 0, "columns"), [["Diagnosis", "diagnosis"]], "diagnosis"),
        (("layouts", 0, "columns"), [], "no columns"),
    ],
)
def test_a_wrong_entry_is_refused_by_name(path: tuple[Any, ...], value: Any, why: str) -> None:
    data = copy.deepcopy(shipped())
    inside = data
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = value
    with pytest.raises(InvalidError, match=why):
        parse_mapping(data, LINE_FIELDS)
