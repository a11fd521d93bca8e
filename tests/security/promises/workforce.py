"""Workforce: HR keeps their organisation's staff; managers see their reports' status; everybody their own."""

from __future__ import annotations

from typing import Any, Final

from tests.security.crowd import NOW, WORKS
from tests.security.promises.ask import (
    CARERS,
    EVERYBODY,
    HR,
    HRS,
    MANAGER,
    OPERATOR,
    OWN,
    PAYROLL,
    Ask,
    reads,
    sends,
    submits,
)

NAME: Final = OWN | MANAGER | HR | PAYROLL
THEIR_POST: Final = {"person": "@carer", "employment": "@employment"}
TERMS: Final[dict[str, Any]] = {
    "staff_number": "T1",
    "post": "Adviser",
    "manager_staff_number": "M1",
    "nation": "england",
    "status": "employee",
    "pattern": "Mon-Fri 7:24",
    "fte": "1",
    "full_time_hours": "37:00",
}
NEW: Final = {**TERMS, "name": "Somebody new", "employer": WORKS, "starts": "2026-05-01"}
CHANGED: Final = {**TERMS, "organisation": WORKS, "effective_from": "2026-07-01"}
ON: Final = NOW.replace(month=7, day=1)
STAYS: Final = {"staff_number": "@number"}

ASKS: Final[tuple[Ask, ...]] = (
    reads("workforce-api.own_record", CARERS),
    reads(
        "workforce-api.show_person",
        OWN | MANAGER | HR,
        of={"person": "@carer"},
        views={"as manager": MANAGER},
    ),
    reads("workforce-api.list_states", OWN | MANAGER | HR, of=THEIR_POST, views={"as manager": MANAGER}),
    reads("workforce-api.list_staff", HRS),
    reads("workforce-api.list_names", NAME, query={"person": "@carer"}, blank=EVERYBODY - NAME, blank_status=200),
    reads("workforce-api.list_bodies", EVERYBODY),
    reads("workforce-home.show_home", EVERYBODY),
    sends("workforce-home.mark_as_seen", EVERYBODY, {"position": 1}),
    reads("workforce.overview", CARERS | HRS),
    reads("workforce.find_staff", HRS),
    submits(
        "workforce.find_staff",
        HR | {"carer in hr"},
        {"who": "@number"},
        blank=frozenset({"hr elsewhere"}),
        blank_status=422,
    ),
    reads("workforce.own_record", CARERS),
    reads("workforce.show_person", OWN | MANAGER | HR, of={"person": "@carer"}),
    reads("workforce.record_employment", HRS),
    reads("workforce.change_employment", HR, of=THEIR_POST),
    reads("workforce.end_employment", HR, of=THEIR_POST),
    reads("workforce.correct_name", HR, of={"person": "@carer"}),
    sends("workforce-api.record_organisation", OPERATOR, {"name": "Another Agency"}),
    sends("workforce-api.record_employer", OPERATOR, {"name": "Another Agency", "organisation": WORKS}),
    sends("workforce-api.record_employment", HRS, NEW),
    sends("workforce-api.change_employment", HR, {**CHANGED, **STAYS}, of=THEIR_POST),
    sends("workforce-api.end_employment", HR, {"ends": "2027-12-31"}, of=THEIR_POST),
    sends("workforce-api.correct_name", HR, {"name": "Another name"}, of={"person": "@carer"}),
    submits("workforce.record_employment", HRS, {**NEW, "starts": ON, "staff_number": "T3"}),
    submits("workforce.change_employment", HR, {**CHANGED, **STAYS, "effective_from": ON}, of=THEIR_POST),
    submits("workforce.end_employment", HR, {"ends": ON.replace(year=2027)}, of=THEIR_POST),
    submits("workforce.correct_name", HR, {"name": "Yet another name"}, of={"person": "@carer"}),
    sends(
        "workforce-api.record_employment",
        HR | {"hr elsewhere"},
        {key: value for key, value in NEW.items() if key != "name"} | {"person": "=carer", "staff_number": "T2"},
        late=True,
    ),
    sends("workforce-api.forget_person", OPERATOR, {}, of={"person": "@carer"}, late=True),
)
