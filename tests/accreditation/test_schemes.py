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


def changed_area(**changes: Any) -> str:
    return changed(areas=[PLAIN["areas"][0] | changes])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "plain.json is not JSON: .* on line 1"),
        ("[]", "The file must be an object"),
        (changed(name=None), "‘name’ is missing"),
        (changed(colour="red"), "‘colour’ is unknown"),
        (changed(validity_months="36"), "‘validity_months’ must be a whole number"),
        (changed(validity_months=36.5), "‘validity_months’ must be a whole number"),
        (changed(validity_months=True), "‘validity_months’ must be a whole number"),
        (changed(validity_months=0), "‘validity_months’ must be 1 or more"),
        (changed(scheme="Not A Name"), "‘scheme’ must be lower-case letters, digits and hyphens, not ‘Not A Name’"),
        (changed(name=""), "‘name’ must be text"),
        (changed(name=7), "‘name’ must be text"),
        (changed(levels="one"), "‘levels’ must be a list"),
        (changed(levels=[]), "at least one level"),
        (changed(levels=[*PLAIN["levels"], PLAIN["levels"][0]]), "‘levels’ must have the level ‘one’ only once"),
        (changed(levels=[{"level": "one"}]), "‘name’ of level 1 is missing"),
        (changed(levels=[PLAIN["levels"][0] | {"rank": 1}]), "‘rank’ of level 1 is unknown"),
        (changed(levels=[PLAIN["levels"][0] | {"level": "No"}]), "‘level’ of level 1 must be lower-case .* not ‘No’"),
        (changed_area(criteria=[]), "at least one criterion"),
        (changed_area(criteria=["x"]), "criterion 1 of area 1 must be an object"),
        (changed_area(provisions="x"), "‘provisions’ of area 1 must be a list"),
        (changed_area(provisions=["x"]), "‘provisions’ 1 of area 1 must be one of carers-policy, .*, not ‘x’"),
        (changed_area(training=["x"]), "‘training’ 1 of area 1 must be one of all-staff, .*, not ‘x’"),
    ],
)
def test_a_file_that_is_no_scheme_is_told_whole(text: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        read_scheme("plain.json", text)


def test_several_faults_are_told_together() -> None:
    with pytest.raises(SettingsError) as refused:
        read_scheme("plain.json", changed(name=None, validity_months=0, levels=[], scheme="No"))
    assert all(words in str(refused.value) for words in ("is missing", "1 or more", "at least one level", "‘No’"))
