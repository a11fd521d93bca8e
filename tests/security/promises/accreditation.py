"""Accreditation: one's own training; the status of one's reports; HR their organisation's; what is in place for all."""

from __future__ import annotations

from typing import Final

from tests.security.crowd import NOW
from tests.security.promises.ask import CARERS, EVERYBODY, HR, HRS, MANAGER, OWN, Ask, reads, sends, submits

CODE: Final = "carer-aware"
SCHEME: Final = {"scheme": "carer-confident"}
KIND: Final = {"kind": "carers-policy"}
NETWORK: Final = {"kind": "carers-network"}
CHAMPION: Final = {"kind": "carers-champion"}
LATER: Final = "2027-01-04"
DAY: Final = NOW.replace(year=2027, month=1, day=4)
PERSON: Final = {"person": "@carer"}
VERSION: Final = {"title": "Carer aware", "validity_months": 24, "grace_days": 0}
COMPLETION: Final = {"version": 1, "completed_on": "2026-04-01", "source": "certificate"}
EXEMPTION: Final = {"starts": "2026-08-03", "until": "2026-08-31", "reason": "other"}
SCORES: Final = {"lead-named": 2, "carers-known": 1, "plan-kept": 0}
FOUND: Final = {"evidence": "The plan", "evidence_on": "2026-04-01"}
WORKS_OWN: Final = HRS - {"hr elsewhere"}
"""HR of the organisation whose courses and awards are asked about, each for it and not for a person."""
ELSEWHERE: Final = frozenset({"hr elsewhere"})


def _api() -> tuple[Ask, ...]:
    course, award = {"code": CODE}, {"award": "@award"}
    return (
        reads("accreditation-api.list_courses", HRS),
        reads("accreditation-api.show_compliance", WORKS_OWN, of=course),
        reads("accreditation-api.download_still_to_train", WORKS_OWN, of=course),
        reads("accreditation-api.show_training", CARERS),
        reads(
            "accreditation-api.show_training",
            OWN | MANAGER | HR,
            query=PERSON,
            views={"as manager": MANAGER},
        ),
        reads("accreditation-api.show_team", CARERS),
        reads("accreditation-api.list_provisions", EVERYBODY),
        reads("accreditation-api.list_awards", EVERYBODY),
        reads("accreditation-api.show_assessment", HRS, of=SCHEME),
        reads("accreditation-api.download_evidence", HRS, of=SCHEME),
        reads("accreditation-home.show_home", EVERYBODY),
        sends("accreditation-home.mark_as_seen", EVERYBODY, {"position": 1}),
        sends(
            "accreditation-api.record_course",
            HRS,
            {**VERSION, "code": "another", "audience": "all-staff", "starts": LATER},
        ),
        sends("accreditation-api.record_completion", HR, {**PERSON, **course, **COMPLETION}),
        sends("accreditation-api.exempt_person", HR, {**PERSON, **course, **EXEMPTION}),
        sends("accreditation-api.record_provision", HRS, {**KIND, "starts": "2026-04-01", "owner": "The HR team"}),
        sends("accreditation-api.vacate_champion", WORKS_OWN | ELSEWHERE, {"since": "2026-04-01"}),
        sends("accreditation-api.withdraw_provision", WORKS_OWN | ELSEWHERE, {**KIND, "ends": "2026-04-10"}),
        sends(
            "accreditation-api.record_award",
            HRS,
            {**SCHEME, "level": "accomplished", "starts": "2026-04-01", "organisations": ["ministry-of-works"]},
        ),
        sends("accreditation-api.assess_area", HRS, {"area": "preparation", "scores": SCORES, **FOUND}, of=SCHEME),
        sends("accreditation-api.revise_course", WORKS_OWN, {**VERSION, "starts": LATER}, of=course),
        sends("accreditation-api.end_award", WORKS_OWN, {"ends": "2026-04-10"}, of=award),
        sends(
            "accreditation-api.correct_completion",
            HR,
            {**PERSON, **course},
            of={"completion": "@completion"},
            before="completion",
        ),
    )


def _pages() -> tuple[Ask, ...]:
    course, award, done = {"code": CODE}, {"award": "@award"}, {"completion": "@completion"}
    area = {**SCHEME, "area": "preparation"}
    mistake = {**PERSON, **course, **done}
    on = NOW.replace(day=1)
    scores = {f"score_{name.replace('-', '_')}": str(score) for name, score in SCORES.items()}
    return (
        reads("accreditation.overview", EVERYBODY),
        reads("accreditation.organisation", HRS),
        reads("accreditation.team", CARERS),
        reads("accreditation.find_person", HRS),
        reads("accreditation.show_person", OWN | MANAGER | HR, of=PERSON),
        reads("accreditation.record_completion", HR, of=PERSON),
        reads("accreditation.exempt_person", HR, of=PERSON),
        reads("accreditation.correct_completion", HR, of=mistake),
        reads("accreditation.record_course", HRS),
        reads("accreditation.show_course", WORKS_OWN, of=course),
        reads("accreditation.revise_course", WORKS_OWN, of=course),
        reads("accreditation.retire_course", WORKS_OWN, of=course),
        reads("accreditation.record_provision", HRS, of=KIND),
        reads("accreditation.withdraw_provision", HRS, of=CHAMPION),
        reads("accreditation.vacate_champion", HRS),
        reads("accreditation.choose_scheme", HRS),
        reads("accreditation.record_award", HRS, of=SCHEME),
        reads("accreditation.end_award", WORKS_OWN, of=award),
        reads("accreditation.show_assessment", HRS, of=SCHEME),
        reads("accreditation.assess_area", HRS, of=area),
        submits(
            "accreditation.find_person",
            HR | {"carer in hr"},
            {"staff_number": "@number"},
            blank=ELSEWHERE,
            blank_status=422,
        ),
        submits(
            "accreditation.record_course",
            HRS,
            {**VERSION, "code": "third", "audience": "all-staff", "starts": DAY},
        ),
        submits("accreditation.choose_scheme", HRS, SCHEME),
        submits("accreditation.record_provision", HRS, {"starts": on, "owner": "The HR team"}, of=NETWORK),
        submits("accreditation.withdraw_provision", HRS, {"ends": NOW}, of=NETWORK),
        submits("accreditation.vacate_champion", HRS, {"since": on}),
        submits(
            "accreditation.record_award",
            HRS,
            {"level": "active", "starts": on, "organisations": "ministry-of-works"},
            of=SCHEME,
        ),
        submits("accreditation.assess_area", HRS, {**scores, "evidence": "The plan", "evidence_on": on}, of=area),
        submits(
            "accreditation.record_completion",
            HR,
            {"taken": f"{CODE}/1", "completed_on": on, "source": "certificate"},
            of=PERSON,
        ),
        submits(
            "accreditation.exempt_person", HR, {**course, "starts": NOW, "until": NOW, "reason": "other"}, of=PERSON
        ),
        submits("accreditation.revise_course", WORKS_OWN, {**VERSION, "starts": DAY.replace(month=2)}, of=course),
        submits("accreditation.end_award", WORKS_OWN, {"ends": on}, of=award, ruled_out=True),
        submits("accreditation.correct_completion", HR, of=mistake, before="completion"),
    )


_ENDS: Final = (
    sends("accreditation-api.retire_course", WORKS_OWN, {"ends": "2028-01-03"}, of={"code": CODE}),
    submits("accreditation.retire_course", WORKS_OWN, {"ends": DAY.replace(year=2028)}, of={"code": CODE}),
)
ASKS: Final = (*_api(), *_pages(), *_ENDS)
