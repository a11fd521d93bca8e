"""What accreditation tells others: dates alone, and enough of them to compute compliance elsewhere."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.accreditation.domain.commands import (
    CorrectCompletion,
    ExemptPerson,
    RetireCourse,
    ReviseCourse,
    VacateChampion,
    WithdrawProvision,
)
from services.accreditation.domain.compliance import Compliance
from services.accreditation.published import PUBLISHED
from services.accreditation.read.figures import compliance_on
from shared.contracts import types
from tests.accreditation.builders import CARER, CODE, FIRST, HR, MANAGER, ORGANISATION, OTHER
from tests.accreditation.house import DAY, House

NEWCOMER = "88888888-8888-4888-8888-888888888888"


class Reader:
    """Somebody who has nothing but the published events, and computes a course's figures from them."""

    def __init__(self, events: list[dict[str, Any]]) -> None:
        self.asked: dict[str, list[tuple[str, dict[str, Any]]]] = {}
        self.done: dict[str, dict[str, Any]] = {}
        self.let_off: dict[tuple[str, str], dict[str, Any]] = {}
        for event in events:
            self._hear(event["type"], event.get("subject", ""), event["data"])

    def _hear(self, kind: str, person: str, data: dict[str, Any]) -> None:
        if kind == types.TRAINING_ASSIGNED:
            self.asked.setdefault(person, []).append((data["since"], data))
        elif kind == types.TRAINING_RELEASED:
            self.asked.setdefault(person, []).append((data["left_on"], {}))
        elif kind == types.TRAINING_COMPLETED:
            self.done[data["completion"]] = {**data, "person": person}
        elif kind == types.TRAINING_CORRECTED:
            del self.done[data["completion"]]
        elif kind == types.TRAINING_EXEMPTED:
            self.let_off[person, data["starts"]] = data

    def figures(self, day: date) -> tuple[int, int]:
        """Numerator and denominator on a day."""
        on, counted, trained = day.isoformat(), 0, 0
        for person, words in self.asked.items():
            held = [data for since, data in words if since <= on]
            if not held or not held[-1] or on < held[-1]["due_on"] or self._out(person, on):
                continue
            counted += 1
            trained += any(self._counts(each, person, held[-1], on) for each in self.done.values())
        return trained, counted

    def _out(self, person: str, on: str) -> bool:
        return any(
            data["counted_from"] <= on and (data["until"] is None or on <= data["until"])
            for (whose, _), data in self.let_off.items()
            if whose == person
        )

    def _counts(self, done: dict[str, Any], person: str, asked: dict[str, Any], on: str) -> bool:
        return (
            done["person"] == person
            and done["version"] >= asked["least_version"]
            and done["completed_on"] <= on
            and (done["expires_on"] is None or on < done["expires_on"])
        )


@pytest.mark.parametrize("audience", ["all-staff", "line-managers", "new-joiners"])
def test_compliance_can_be_computed_from_what_is_published_alone(house: House, audience: str) -> None:
    house.course(audience=audience, grace_days=20, validity_months=2)
    house.due()

    def agrees() -> Compliance:
        day = house.application.today()
        with house.wiring.reading() as connection:
            found = compliance_on(connection, house.rules(), day)
        assert Reader(house.published()).figures(day) == (found.numerator, found.denominator), day
        return found

    seen = [agrees()]
    completion = house.complete(on=date(2026, 2, 20)).data["completion"]
    house.complete(MANAGER, on=date(2026, 3, 1))
    seen.append(agrees())
    house.employ(NEWCOMER, starts="2026-03-10", effective_from=date(2026, 3, 10), manager=CARER)
    house.until(date(2026, 3, 20))
    seen.append(agrees())
    house.run(ExemptPerson(ORGANISATION, CODE, HR, date(2026, 3, 1), date(2026, 4, 15), "long-absence", "", MANAGER))
    house.until(date(2026, 4, 1))
    seen.append(agrees())
    house.run(CorrectCompletion(ORGANISATION, CODE, CARER, completion, HR))
    house.until(date(2026, 4, 16))
    seen.append(agrees())
    house.run(ReviseCourse(ORGANISATION, CODE, "Second", None, 5, True, date(2026, 5, 1), HR))
    house.until(date(2026, 5, 3))
    seen.append(agrees())
    house.complete(MANAGER, on=date(2026, 5, 3), version=2)
    house.change(CARER, date(2026, 5, 6), organisation=OTHER)
    house.until(date(2026, 5, 7))
    seen.append(agrees())
    house.run(RetireCourse(ORGANISATION, CODE, date(2026, 6, 1), HR))
    house.until(date(2026, 6, 2))
    assert agrees() == Compliance(0, 0, 0, 0, 0)
    assert len(set(seen)) > 2


def test_notes_reasons_owners_and_evidence_stay_here(house: House) -> None:
    house.course()
    house.due()
    house.complete(evidence="planted-note")
    house.exempt(DAY, note="planted-reason")
    house.put_in_place("carers-champion", owner="planted-owner", evidence="planted-evidence")
    house.award()
    text = str(house.published())
    assert "planted" not in text
    assert "not-in-their-role" not in text
    assert "certificate" not in text


def test_a_provision_is_told_with_its_vacancy_and_its_end(house: House) -> None:
    house.put_in_place("carers-champion", starts=FIRST)
    house.run(VacateChampion(ORGANISATION, date(2026, 1, 1), HR))
    house.run(WithdrawProvision(ORGANISATION, "carers-champion", DAY, HR))
    assert [data for _, data in house.told(types.PROVISION_RECORDED)] == [
        {"kind": "carers-champion", "starts": "2025-01-01", "vacant_since": None, "counts_until": None},
        {
            "kind": "carers-champion",
            "starts": "2025-01-01",
            "vacant_since": "2026-01-01",
            "counts_until": "2026-03-31",
        },
    ]
    assert [data["ends"] for _, data in house.told(types.PROVISION_WITHDRAWN)] == ["2026-03-02"]


def test_what_is_said_of_a_vacant_place_afterwards_keeps_the_vacancy(house: House) -> None:
    house.put_in_place("carers-champion", starts=FIRST)
    house.run(VacateChampion(ORGANISATION, date(2026, 1, 1), HR))
    house.put_in_place("carers-champion", starts=FIRST, owner="Somebody else")
    assert house.told(types.PROVISION_RECORDED)[-1][1]["vacant_since"] == "2026-01-01"


def test_every_published_type_has_its_translation() -> None:
    assert {entry.type for entry in PUBLISHED.values()} == set(types.TYPES["accreditation"])
