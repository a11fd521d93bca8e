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
from tests.accreditation.rig import DAY, Rig

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
def test_compliance_can_be_computed_from_what_is_published_alone(rig: Rig, audience: str) -> None:
    rig.course(audience=audience, grace_days=20, validity_months=2)
    rig.due()

    def agrees() -> Compliance:
        day = rig.application.today()
        with rig.wiring.reading() as connection:
            found = compliance_on(connection, rig.rules(), day)
        assert Reader(rig.published()).figures(day) == (found.numerator, found.denominator), day
        return found

    seen = [agrees()]
    completion = rig.complete(on=date(2026, 2, 20)).data["completion"]
    rig.complete(MANAGER, on=date(2026, 3, 1))
    seen.append(agrees())
    rig.employ(NEWCOMER, starts="2026-03-10", effective_from=date(2026, 3, 10), manager=CARER)
    rig.until(date(2026, 3, 20))
    seen.append(agrees())
    rig.run(ExemptPerson(ORGANISATION, CODE, HR, date(2026, 3, 1), date(2026, 4, 15), "long-absence", "", MANAGER))
    rig.until(date(2026, 4, 1))
    seen.append(agrees())
    rig.run(CorrectCompletion(ORGANISATION, CODE, CARER, completion, HR))
    rig.until(date(2026, 4, 16))
    seen.append(agrees())
    rig.run(ReviseCourse(ORGANISATION, CODE, "Second", None, 5, True, date(2026, 5, 1), HR))
    rig.until(date(2026, 5, 3))
    seen.append(agrees())
    rig.complete(MANAGER, on=date(2026, 5, 3), version=2)
    rig.change(CARER, date(2026, 5, 6), organisation=OTHER)
    rig.until(date(2026, 5, 7))
    seen.append(agrees())
    rig.run(RetireCourse(ORGANISATION, CODE, date(2026, 6, 1), HR))
    rig.until(date(2026, 6, 2))
    assert agrees() == Compliance(0, 0, 0, 0, 0)
    assert len(set(seen)) > 2


def test_notes_reasons_owners_and_evidence_stay_here(rig: Rig) -> None:
    rig.course()
    rig.due()
    rig.complete(evidence="planted-note")
    rig.exempt(DAY, note="planted-reason")
    rig.put_in_place("carers-champion", owner="planted-owner", evidence="planted-evidence")
    rig.award()
    text = str(rig.published())
    assert "planted" not in text
    assert "not-in-their-role" not in text
    assert "certificate" not in text


def test_a_provision_is_told_with_its_vacancy_and_its_end(rig: Rig) -> None:
    rig.put_in_place("carers-champion", starts=FIRST)
    rig.run(VacateChampion(ORGANISATION, date(2026, 1, 1), HR))
    rig.run(WithdrawProvision(ORGANISATION, "carers-champion", DAY, HR))
    assert [data for _, data in rig.told(types.PROVISION_RECORDED)] == [
        {"kind": "carers-champion", "starts": "2025-01-01", "vacant_since": None, "counts_until": None},
        {
            "kind": "carers-champion",
            "starts": "2025-01-01",
            "vacant_since": "2026-01-01",
            "counts_until": "2026-03-31",
        },
    ]
    assert [data["ends"] for _, data in rig.told(types.PROVISION_WITHDRAWN)] == ["2026-03-02"]


def test_what_is_said_of_a_vacant_place_afterwards_keeps_the_vacancy(rig: Rig) -> None:
    rig.put_in_place("carers-champion", starts=FIRST)
    rig.run(VacateChampion(ORGANISATION, date(2026, 1, 1), HR))
    rig.put_in_place("carers-champion", starts=FIRST, owner="Somebody else")
    assert rig.told(types.PROVISION_RECORDED)[-1][1]["vacant_since"] == "2026-01-01"


def test_every_published_type_has_its_translation() -> None:
    assert {entry.type for entry in PUBLISHED.values()} == set(types.TYPES["accreditation"])
