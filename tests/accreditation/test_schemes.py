"""The schemes that ship as data, and what is said of a file that is none."""

from __future__ import annotations

import json
from typing import Any

import pytest

from services.accreditation.domain.courses import AUDIENCES
from services.accreditation.domain.provisions import KINDS
from services.accreditation.schemes import read_scheme, shipped_schemes
from shared.kernel.errors import SettingsError

PLAIN: dict[str, Any] = {
    "scheme": "plain",
    "name": "Plain",
    "about": "For tests.",
    "validity_months": 36,
    "warning_months": 6,
    "levels": [{"level": "one", "name": "One"}, {"level": "two", "name": "Two"}],
    "areas": [{"area": "first", "name": "First", "criteria": [{"criterion": "a", "text": "A."}]}],
}


def test_carer_confident_has_three_levels_and_five_areas() -> None:
    scheme = shipped_schemes()["carer-confident"]
    assert [(level.rank, level.name) for level in scheme.levels] == [
        (1, "Active"),
        (2, "Accomplished"),
        (3, "Ambassador"),
    ]
    assert [area.name for area in scheme.areas] == [
        "Preparation",
        "Policy and guidance",
        "Practical support",
        "Peer support",
        "Promoting support",
    ]
    assert (scheme.validity_months, scheme.warning_months) == (36, 6)


def test_carer_positive_has_three_levels_of_its_own() -> None:
    scheme = shipped_schemes()["carer-positive"]
    assert [level.name for level in scheme.levels] == ["Engaged", "Established", "Exemplary"]


def test_criteria_that_are_our_own_words_say_so() -> None:
    assert all("illustrative" in scheme.about for scheme in shipped_schemes().values())


def test_a_file_becomes_a_scheme() -> None:
    scheme = read_scheme("plain.json", json.dumps(PLAIN))
    assert (scheme.name, scheme.levels[1].rank, scheme.areas[0].criteria[0].text) == ("Plain", 2, "A.")


def test_every_kind_of_provision_and_every_audience_supports_an_area_of_each_scheme_that_ships() -> None:
    for scheme in shipped_schemes().values():
        assert {kind for area in scheme.areas for kind in area.provisions} == set(KINDS)
        assert {audience for area in scheme.areas for audience in area.training} == set(AUDIENCES)


def changed(**changes: Any) -> str:
    return json.dumps({name: value for name, value in (PLAIN | changes).items() if value is not None})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "plain.json is not JSON: .* on line 1"),
        ("[]", "The file must be an object"),
        (changed(name=None), "has no ‘name’"),
        (changed(colour="red"), "has an unknown ‘colour’"),
        (changed(validity_months="36"), "‘validity_months’ of the file must be a whole number"),
        (changed(validity_months=0), "‘validity_months’ must be 1 or more"),
        (changed(scheme="Not A Name"), "The scheme ‘Not A Name’ must be lower-case"),
        (changed(name=""), "‘name’ of the file must be text"),
        (changed(levels=[]), "at least one level"),
        (changed(levels=[*PLAIN["levels"], PLAIN["levels"][0]]), "The level ‘one’ is there twice"),
        (changed(levels=[{"level": "one"}]), "level 1 has no ‘name’"),
        (changed(areas=[PLAIN["areas"][0] | {"criteria": []}]), "at least one criterion"),
        (changed(areas=[PLAIN["areas"][0] | {"criteria": ["x"]}]), "criterion 1 must be an object"),
        (changed(areas=[PLAIN["areas"][0] | {"provisions": "x"}]), "‘provisions’ of area 1 must be a list"),
        (changed(areas=[PLAIN["areas"][0] | {"provisions": ["x"]}]), "‘x’ in ‘provisions’ is not one of carers-policy"),
        (changed(areas=[PLAIN["areas"][0] | {"training": ["x"]}]), "‘x’ in ‘training’ is not one of all-staff"),
    ],
)
def test_a_file_that_is_no_scheme_is_told_whole(text: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        read_scheme("plain.json", text)


def test_several_faults_are_told_together() -> None:
    with pytest.raises(SettingsError) as refused:
        read_scheme("plain.json", changed(validity_months=0, levels=[], scheme="No"))
    assert all(words in str(refused.value) for words in ("1 or more", "at least one level", "‘No’"))
