"""The oracle on short histories, with figures worked out by hand."""

from __future__ import annotations

import ast
import sys
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.world.oracle import Oracle, figures
from tests.world.telling import RIVERS, WORKS, Telling

ALL = datetime(2030, 1, 1, tzinfo=UTC)
NOTHING_TOOK = {"days": {}, "people": 0, "largest": 0}


@pytest.fixture
def told() -> Telling:
    """Ada in full time in Works since April 2025, and whatever a test tells more."""
    telling = Telling()
    telling.employ("ada", "2025-04-01")
    return telling


def of(told: Telling, month: str = "2026-03", organisation: str = WORKS, known: datetime = ALL) -> dict[str, Any]:
    return figures(told.events, organisation, [month], known)[month]


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T23:00:00+00:00")


def stock(found: dict[str, Any], span: str = "month") -> tuple[str, str]:
    return found["11"][span]["headcount"], found["11"][span]["fte"]


def test_it_stands_on_the_standard_library_alone() -> None:
    for name in ("events", "people", "standing", "oracle", "release", "compare"):
        for node in ast.walk(ast.parse((Path(__file__).parent / f"{name}.py").read_text())):
            asked = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            asked += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for module in asked:
                assert module.startswith("tests.world.") or module.partition(".")[0] in sys.stdlib_module_names


def test_people_count_once_and_posts_by_their_share(told: Telling) -> None:
    told.employ("ben", "2026-01-12", fte="3/5")
    told.employ("ben", "2026-01-12", employment="second post of ben", fte="1/5")
    told.employ("una", "2026-01-12", status="agency")
    told.employ("vic", "2026-01-12", status="volunteer")
    told.employ("olu", "2026-01-12", status="office-holder")
    found = of(told)
    assert stock(found) == ("3/1", "14/5")
    # nine month ends with Ada alone, three with three people: since April 2025, so all twelve months count
    assert stock(found, "year") == ("3/2", "29/20")


def test_a_register_that_begins_in_a_month_is_no_mean_with_months_before_it() -> None:
    told = Telling()
    told.employ("ada", "2026-02-28")
    assert stock(of(told), "year") == ("1/1", "1/1")
    assert stock(of(told, "2026-01"), "year") == ("0/1", "0/1")


def test_a_last_day_at_a_months_end_still_counts(told: Telling) -> None:
    told.employ("cat", "2025-04-01")
    told.say("workforce.employment-ended", "2026-03-02", "cat", employment="post of cat", ends="2026-03-31")
    assert [stock(of(told, month))[0] for month in ("2026-02", "2026-03", "2026-04")] == ["2/1", "2/1", "1/1"]
    before = at("2026-03-01")
    assert stock(of(told, "2026-04", known=before))[0] == "2/1"


def test_a_mover_counts_where_they_are_and_their_leave_where_it_was_taken(told: Telling) -> None:
    told.employ("ben", "2025-04-01", fte="3/5")
    told.take("ben", "2026-03-03", 444)
    told.employ("ben", "2026-03-16", RIVERS, changed=True, starts="2025-04-01", fte="1/2")
    told.take("ben", "2026-03-20", 222, at=RIVERS)
    works, rivers = of(told), of(told, organisation=RIVERS)
    assert (stock(works), stock(rivers)) == (("1/1", "1/1"), ("1/1", "1/2"))
    assert (works["11"]["month"]["days"], rivers["11"]["month"]["days"]) == ("1/1", "1/2")
    assert (works["10"]["month"], rivers["10"]["month"]) == (
        {"people": 1, "headcount": "1/1"},
        {"people": 1, "headcount": "1/1"},
    )
    assert stock(rivers, "year") == ("1/1", "1/2")
    assert stock(of(told, "2026-02"))[0] == "2/1"


def test_what_was_said_last_for_a_day_holds(told: Telling) -> None:
    told.employ("ada", "2026-03-01", changed=True, starts="2025-04-01", fte="4/5")
    told.employ("ada", "2026-03-01", changed=True, starts="2025-04-01", fte="1/2")
    told.employ("ada", "2026-02-01", changed=True, starts="2025-04-01", fte="3/4")
    assert [stock(of(told, month))[1] for month in ("2026-01", "2026-02", "2026-03")] == ["1/1", "3/4", "1/2"]


def test_a_day_is_a_fifth_of_the_full_time_week(told: Telling) -> None:
    told.employ("ben", "2025-04-01", fte="3/5")
    told.take("ada", "2026-03-03", 222, paid_minutes=222)
    told.take("ada", "2026-03-04", "555/2", paid_minutes=0)
    told.take("ben", "2026-03-05", 444, paid_minutes=111)
    told.take("ben", "2025-06-02", 420, full_time_minutes=2100)
    month, year = (of(told)[number]["month"] for number in ("11", "12")), of(told)["12"]["year"]
    volume, paid = month
    assert volume == {
        "days": "17/8",  # 1/2 + 5/8 + 1
        "paid_days": "3/4",
        "unpaid_days": "11/8",
        "fte": "8/5",
        "people": 2,
        "headcount": "2/1",
        "largest": "9/8",
    }
    assert paid == {
        "paid_days": "3/4",
        "days": "17/8",
        "paid_people": 2,
        "unpaid_people": 2,
        "largest_paid": "1/2",
        "largest_unpaid": "3/4",
    }
    assert (year["days"], year["largest_unpaid"]) == ("25/8", "7/4")


def test_a_day_that_was_worked_after_all_is_gone_once_that_is_known(told: Telling) -> None:
    told.take("ada", "2026-03-03")
    told.take("ada", "2026-03-10")
    told.correct("ada", "2026-03-03", 0, "2026-04-07")
    told.correct("ada", "2026-03-10", 222, "2026-04-08", paid_minutes=222)
    days = {day: of(told, known=at(day))["11"]["month"]["days"] for day in ("2026-03-31", "2026-04-07", "2026-04-08")}
    assert days == {"2026-03-31": "2/1", "2026-04-07": "1/1", "2026-04-08": "1/2"}
    assert of(told)["12"]["month"]["unpaid_people"] == 0


def test_days_given_back_before_they_began_are_no_leave_and_the_notice_stays_one(told: Telling) -> None:
    told.give("ada 1", "2026-03-02")
    told.say("leave.withdrawn", "2026-03-03", "ada", notice="ada 1", dates=["2026-03-20"])
    assert of(told)["10"]["month"]["people"] == 0
    assert of(told)["13"]["month"]["denominator"] == 1


def test_postponed_are_those_of_the_valid_notices_by_their_day(told: Telling) -> None:
    for notice, given_on in (("ada 1", "2026-03-02"), ("ada 2", "2026-03-03"), ("ben 1", "2026-02-27")):
        told.give(notice, given_on)
    told.give("cat 1", "2026-03-04", late=True)  # nobody decided: not valid
    told.give("dan 1", "2026-03-05", late=True, waived=True)
    told.decide("postponed", "ada 1", "2026-03-02", "2026-03-04")
    told.decide("postponed", "ben 1", "2026-02-27", "2026-03-02")
    assert of(told)["13"] == {
        "month": share(1, 3, people=1, others=2, largest=1, largest_other=1),
        "year": share(2, 4, people=2, others=2, largest=1, largest_other=1),
    }


def share(
    numerator: int, denominator: int, *, people: int, others: int, largest: int, largest_other: int
) -> dict[str, int]:
    found = {"numerator": numerator, "denominator": denominator, "people": people, "others": others}
    return found | {"largest": largest, "largest_other": largest_other}


def test_waived_are_those_of_the_late_notices_that_somebody_decided(told: Telling) -> None:
    for number in (1, 2, 3):
        told.give(f"ada {number}", "2026-03-02", late=True)
        told.answer(f"ada {number}", "2026-03-02", "2026-03-03", late=True)
    told.give("ben 1", "2026-03-02", late=True)
    told.decide("not-waived", "ben 1", "2026-03-02", "2026-03-04")
    told.give("cat 1", "2026-03-02", late=True)
    told.give("dan 1", "2026-03-02")
    assert of(told)["15"]["month"] == share(3, 4, people=1, others=1, largest=3, largest_other=1)
    assert of(told)["13"]["month"]["denominator"] == 4  # Ada's three, and Dan's
    assert of(told, known=at("2026-03-03"))["15"]["month"]["denominator"] == 3
    told.answer("ben 1", "2026-03-02", "2026-03-05", late=True)  # accepted afterwards
    assert of(told)["15"]["month"] == share(4, 4, people=2, others=0, largest=3, largest_other=0)


def test_days_to_an_answer_count_by_its_day_and_silence_apart(told: Telling) -> None:
    told.give("ada 1", "2026-02-27")
    told.answer("ada 1", "2026-02-27", "2026-03-02")
    told.give("ada 2", "2026-03-02")
    told.answer("ada 2", "2026-03-02", "2026-03-02", by="hr")
    told.give("ben 1", "2026-03-02")
    told.answer("ben 1", "2026-03-02", "2026-03-10", by="clock")
    told.give("cat 1", "2025-12-01")
    told.answer("cat 1", "2025-12-01", "2026-02-20")
    assert of(told)["16"] == {
        "month": {"days": {"0": 1, "3": 1}, "people": 1, "largest": 2, "by_clock": 1},
        "year": {"days": {"0": 1, "3": 1, "61": 1}, "people": 2, "largest": 2, "by_clock": 1},
    }


def test_a_passport_is_in_date_for_twelve_months_and_goes_with_its_holder(told: Telling) -> None:
    told.employ("ben", "2025-01-01")
    told.say("passport.agreed", "2025-03-31", "ben", agreed_on="2025-03-31", days_from_draft=70)
    told.say("passport.agreed", "2025-04-01", "ada", agreed_on="2025-04-01", days_from_draft=9)
    assert of(told)["6"] == {"in_date": 1, "agreed": 2}  # of 31 March 2025 the year ended with 30 March 2026
    assert of(told, "2026-04")["6"] == {"in_date": 0, "agreed": 2}
    told.say("passport.reviewed", "2026-04-20", "ben", reviewed_on="2026-04-20")
    assert of(told, "2026-04")["6"] == {"in_date": 1, "agreed": 2}
    told.say("passport.ended", "2026-04-30", "ada", ended_on="2026-04-30")
    told.employ("ben", "2026-05-04", RIVERS, changed=True, starts="2025-01-01")
    assert of(told, "2026-04")["6"] == {"in_date": 1, "agreed": 1}
    assert of(told, "2026-05")["6"] == {"in_date": 0, "agreed": 0}
    assert of(told, "2026-05", RIVERS)["6"] == {"in_date": 1, "agreed": 1}


def test_a_leap_day_goes_out_of_date_with_the_first_of_march() -> None:
    told = Telling()
    told.employ("ada", "2027-01-01")
    told.say("passport.agreed", "2028-02-29", "ada", agreed_on="2028-02-29", days_from_draft=0)
    assert [of(told, month)["6"]["in_date"] for month in ("2029-02", "2029-03")] == [1, 0]


def test_days_from_a_draft_count_where_the_holder_worked_that_day(told: Telling) -> None:
    told.employ("ben", "2025-04-01")
    told.employ("ben", "2026-03-16", RIVERS, changed=True, starts="2025-04-01")
    told.say("passport.agreed", "2026-03-15", "ben", agreed_on="2026-03-15", days_from_draft=75)
    told.say("passport.agreed", "2025-05-06", "ada", agreed_on="2025-05-06", days_from_draft=60)
    assert of(told)["7"] == {
        "month": {"days": {"61": 1}, "people": 1, "largest": 1},
        "year": {"days": {"60": 1, "61": 1}, "people": 2, "largest": 1},
    }
    assert of(told, organisation=RIVERS)["7"] == {"month": NOTHING_TOOK, "year": NOTHING_TOOK}


def test_people_in_grace_are_outside_and_an_expired_course_no_longer_counts(told: Telling) -> None:
    for person in ("trained", "lapsed", "never", "exempt", "mistaken", "old"):
        told.assign(person, "2026-01-01", "2026-03-31", least_version=2 if person == "old" else 1)
    told.assign("in grace", "2026-03-10", "2026-04-01")
    told.complete("in grace", "2026-03-11")
    told.complete("trained", "2025-11-03", expires_on="2026-04-01")
    told.complete("lapsed", "2025-03-31", expires_on="2026-03-31")
    told.complete("old", "2026-02-02", version=1)
    told.complete("mistaken", "2026-02-03")
    told.train("corrected", "mistaken", "2026-03-20", completion="mistaken 2026-02-03")
    told.train("exempted", "exempt", "2026-03-01", starts="2026-03-01", counted_from="2026-03-29", until="2026-03-31")
    assert of(told)["23"] == {"trained": 1, "counted": 5, "in_grace": 1}
    assert of(told, "2026-04")["23"] == {"trained": 1, "counted": 7, "in_grace": 0}
    assert of(told, "2026-02")["23"] == {"trained": 0, "counted": 0, "in_grace": 6}
    assert of(told, known=at("2026-03-19"))["23"]["trained"] == 2
    assert of(told)["22"] == {"trained": 0, "counted": 0, "in_grace": 0}


def test_managers_with_two_courses_are_trained_when_both_are_done_and_out_when_released(told: Telling) -> None:
    for course in ("first", "second"):
        told.assign("mary", "2026-01-01", "2026-02-01", "line-managers", course=course)
    told.complete("mary", "2026-02-10", course="first")
    assert of(told)["22"] == {"trained": 0, "counted": 1, "in_grace": 0}
    told.complete("mary", "2026-03-31", course="second")
    assert of(told)["22"] == {"trained": 1, "counted": 1, "in_grace": 0}
    for course in ("first", "second"):
        told.train("released", "mary", "2026-03-31", course=course, left_on="2026-04-30")
    assert of(told, "2026-04")["22"] == {"trained": 0, "counted": 0, "in_grace": 0}
    assert of(told)["22"]["counted"] == 1


def test_a_policy_and_a_champion_whose_place_may_be_vacant_for_ninety_days(told: Telling) -> None:
    named = {"kind": "carers-champion", "starts": "2025-06-01"}
    told.say("accreditation.provision-recorded", "2025-06-01", **named, vacant_since=None, counts_until=None)
    vacated = {"vacant_since": "2026-01-31", "counts_until": "2026-04-30"}  # 1 + 28 + 31 + 30 days
    told.say("accreditation.provision-recorded", "2026-01-31", **named, **vacated)
    policy = {"kind": "carers-policy", "starts": "2025-04-01"}
    told.say("accreditation.provision-recorded", "2025-04-01", **policy, vacant_since=None, counts_until=None)
    told.say("accreditation.provision-withdrawn", "2026-03-31", **policy, ends="2026-03-31")
    champion = {month: of(told, month)["24"]["in_place"] for month in ("2025-05", "2026-04", "2026-05")}
    assert champion == {"2025-05": False, "2026-04": True, "2026-05": False}
    assert of(told, "2026-05", known=at("2026-01-30"))["24"]["in_place"]
    assert [of(told, month)["17"]["in_place"] for month in ("2025-03", "2026-02", "2026-03")] == [False, True, False]


def test_awards_count_at_the_highest_level_for_whom_they_cover_until_they_lapse(told: Telling) -> None:
    def award(name: str, scheme: str, level: str, starts: str, until: str, *covered: str) -> None:
        data = {"award": name, "scheme": scheme, "level": level, "starts": starts, "until": until}
        told.say("accreditation.awarded", starts, at=covered[0], **data, organisations=list(covered))

    award("a", "carer-confident", "active", "2024-01-01", "2026-12-31", WORKS, RIVERS)
    award("b", "carer-confident", "accomplished", "2025-01-01", "2026-03-31", WORKS)
    award("c", "carer-positive", "engaged", "2025-01-01", "2027-12-31", WORKS)
    gone = {"award": "c", "scheme": "carer-positive", "level": "engaged"}
    told.say("accreditation.lapsed", "2026-04-30", **gone, lapsed_on="2026-04-30")

    def held(month: str, organisation: str = WORKS) -> list[tuple[str, str]]:
        return [(each["scheme"], each["level"]) for each in of(told, month, organisation)["18"]["awards"]]

    assert held("2026-03") == [("carer-confident", "accomplished"), ("carer-positive", "engaged")]
    assert held("2026-04") == [("carer-confident", "active")]
    assert held("2026-03", RIVERS) == [("carer-confident", "active")]
    assert held("2027-01") == []


def test_the_same_event_told_twice_is_one_and_their_order_does_not_matter(told: Telling) -> None:
    told.take("ada", "2026-03-03")
    told.correct("ada", "2026-03-03", 222, "2026-03-05")
    once = of(told)
    told.events = [*reversed(told.events), *told.events]
    assert of(told) == once
    assert Fraction(once["11"]["month"]["days"]) == Fraction(1, 2)


def test_what_was_read_can_end_at_a_position_as_well_as_at_an_instant(told: Telling) -> None:
    told.take("ada", "2026-03-03")
    told.take("ada", "2026-03-04")
    oracle = Oracle(told.events)
    first, last = (event["id"].rpartition(":")[2] for event in told.events[1:])
    for position, days in ((first, "1/1"), (last, "2/1"), ("0", "0/1")):
        read = {"workforce": 99, "leave": int(position)}
        assert oracle.figures(WORKS, "2026-03", read)["11"]["month"]["days"] == days
    assert oracle.read_before(datetime.fromisoformat("2026-03-04T09:00:00+00:00"))["leave"] == int(first)
    assert oracle.read_until(datetime.fromisoformat("2026-03-04T09:00:00+00:00"))["leave"] == int(last)
