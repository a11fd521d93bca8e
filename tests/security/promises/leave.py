"""Leave: one's own, all; reports' dates and state, which their manager decides; HR corrects; payroll reads pay."""

from __future__ import annotations

from typing import Final

from tests.security.crowd import NOW
from tests.security.promises.ask import CARERS, HR, HRS, MANAGER, OWN, PAYROLL, Ask, reads, sends, submits

READ: Final = OWN | MANAGER | HR | PAYROLL
DECIDE: Final = MANAGER | HR
DAY: Final = "2026-05-05"
"""The day of the notice that waits, as the crowd has it."""
PLACE: Final = {"date": "2026-05-12", "part": "am"}
NOTICE: Final = {"days": [{"date": "2026-06-03", "part": "am"}], "dependant": True, "care": True}
POSTPONED: Final = {
    "dates": [DAY],
    "days": [PLACE],
    "consulted": True,
    "consulted_on": NOW.isoformat(),
    "agreed": True,
    "reason": "An audit in that week",
}
TERMS: Final = {"consulted": "true", "consulted_on": NOW, "agreed": "true", "reason": "An audit in that week"}
WHERE: Final = {"dates": DAY, "days": "2026-05-12/am"}
VIEWS: Final = {
    "as manager": frozenset({"manager"}),
    "as payroll": frozenset({"payroll"}),
    "as manager and payroll": frozenset({"manager in payroll"}),
}
BOTH: Final = {"dependant": "true", "care": "true", "days-0-part": "am"}
FIRST: Final = {"days-0-date-day": "4", "days-0-date-month": "6", "days-0-date-year": "2026"}
ASKED: Final = {"days": "2026-06-03/am"}
GIVEN: Final = {"notice": "@given"}
LATE: Final = {"notice": "@late"}
REASON: Final = {"reason": "The desk is not covered"}


def _api() -> tuple[Ask, ...]:
    return (
        *(
            reads("leave-api.show_notice", READ, of={"notice": f"@{name}"}, views=VIEWS)
            for name in ("given", "taken", "late", "postponed", "not_waived")
        ),
        reads("leave-api.list_notices", CARERS),
        reads(
            "leave-api.list_notices",
            OWN | HR | PAYROLL,
            query={"person": "@carer"},
            views={"as payroll": PAYROLL},
        ),
        reads("leave-api.list_waiting", CARERS, views={"as manager": CARERS}),
        reads("leave-api.list_waiting", HRS, query={"of": "organisation"}),
        reads("leave-api.show_postponement", DECIDE, of=GIVEN),
        reads("leave-api.show_balance", CARERS),
        reads("leave-api.show_balance", OWN | HR, query={"person": "@carer"}),
        reads("leave-api.what_if", CARERS, query={"first": "2026-06-03"}),
        reads("leave-home.show_home", CARERS | HRS | {"payroll", "payroll elsewhere", "statistics", "operator"}),
        sends(
            "leave-home.mark_as_seen",
            CARERS | HRS | {"payroll", "payroll elsewhere", "statistics", "operator"},
            {"position": 1},
        ),
        sends("leave-api.give_notice", CARERS, NOTICE),
        sends("leave-api.confirm_notice", DECIDE, of=GIVEN),
        sends("leave-api.postpone_notice", DECIDE, POSTPONED, of=GIVEN),
        sends("leave-api.not_waive_notice", DECIDE, REASON, of=LATE),
        sends("leave-api.waive_notice", DECIDE, of={"notice": "@late last"}),
        sends("leave-api.move_notice", OWN, of={"notice": "@not_waived"}),
        sends("leave-api.withdraw_notice", OWN, {"dates": []}, of={"notice": "@postponed"}),
        sends(
            "leave-api.correct_day",
            HR,
            {"notice": "@taken", "date": "2026-03-17", "minutes": 222, "reason": "Worked in the afternoon"},
        ),
    )


def _pages() -> tuple[Ask, ...]:
    correct = {"notice": "@taken", "day": "2026-03-16"}
    return (
        reads("leave.overview", CARERS),
        reads("leave.new_notice", CARERS),
        reads("leave.choose_part", CARERS, query={"date": "2026-06-03"}),
        reads("leave.check_notice", CARERS, query=ASKED),
        *(
            reads("leave.show_notice", READ, of={"notice": f"@{name}"})
            for name in ("given", "taken", "late", "postponed", "not_waived")
        ),
        reads("leave.written_notice", READ - {"payroll"}, of={"notice": "@postponed"}),
        reads("leave.withdraw_notice", OWN, of=GIVEN),
        reads("leave.may_postpone", DECIDE, of=GIVEN),
        reads("leave.postpone_days", DECIDE, of=GIVEN),
        reads("leave.postpone_places", DECIDE, of=GIVEN, query=WHERE),
        reads("leave.postpone_terms", DECIDE, of=GIVEN, query=WHERE),
        reads("leave.not_waive_notice", DECIDE, of=LATE),
        reads("leave.correct_day", HR, of=correct),
        reads("leave.waiting", CARERS),
        reads("leave.waiting_in_organisation", HRS),
        reads("leave.flagged_in_organisation", HRS),
        reads("leave.find_person", HRS),
        reads("leave.show_person", OWN | HR, of={"person": "@carer"}),
        submits("leave.new_notice", CARERS, {"date": NOW.replace(month=6, day=3)}),
        submits("leave.choose_part", CARERS, {"part": "am"}, query={"date": "2026-06-04"}),
        submits("leave.check_notice", CARERS, {**BOTH, **FIRST}, query={"days": "2026-06-04/am"}),
        submits(
            "leave.find_person",
            HR | {"carer in hr"},
            {"staff_number": "@number"},
            blank=frozenset({"hr elsewhere"}),
            blank_status=422,
        ),
        submits("leave.postpone_days", DECIDE, {"dates": DAY}, of=GIVEN),
        submits("leave.postpone_places", DECIDE, {"days-0-place": "2026-05-12/am"}, of=GIVEN, query=WHERE),
        submits("leave.postpone_terms", DECIDE, TERMS, of=GIVEN, query=WHERE),
        submits("leave.confirm_notice", DECIDE, of=GIVEN),
        submits("leave.not_waive_notice", DECIDE, REASON, of={"notice": "@late too"}),
        submits("leave.waive_notice", DECIDE, of=LATE),
        submits("leave.move_notice", OWN, of={"notice": "@not_waived"}),
        submits("leave.withdraw_notice", OWN, {"dates": "2026-05-26"}, of={"notice": "@given too"}),
        submits("leave.correct_day", HR, {"minutes": "0", "reason": "Worked all day"}, of=correct),
    )


ASKS: Final = (*_api(), *_pages())
