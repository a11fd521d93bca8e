"""What each day of a notice is told to be, whatever became of it, and on every page and list alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from services.leave.read.notices import NoticeShown, notice
from services.leave.web.states import day_tag, notice_tags
from tests.leave.builders import CARER
from tests.leave.rig import FRIDAY, Rig
from tests.web_client import WebClient

THURSDAY = date(2026, 3, 12)
MONDAY = date(2026, 3, 16)
TUESDAY = date(2026, 3, 17)
SOON = date(2026, 3, 3)


def waiting(rig: Rig) -> str:
    return str(rig.give(THURSDAY, FRIDAY).data["notice"])


def confirmed(rig: Rig) -> str:
    given = waiting(rig)
    rig.confirm(given)
    return given


def late(rig: Rig) -> str:
    return str(rig.give(SOON, FRIDAY).data["notice"])


def ended(rig: Rig) -> str:
    given = late(rig)
    rig.until(SOON)
    return given


def not_accepted(rig: Rig) -> str:
    given = late(rig)
    rig.not_waive(given)
    return given


def cancelled(rig: Rig) -> str:
    given = waiting(rig)
    rig.withdraw(given)
    return given


def one_cancelled(rig: Rig) -> str:
    given = confirmed(rig)
    rig.withdraw(given, FRIDAY)
    return given


def one_taken(rig: Rig) -> str:
    given = confirmed(rig)
    rig.until(FRIDAY)
    return given


def taken_and_cancelled(rig: Rig) -> str:
    given = one_cancelled(rig)
    rig.until(date(2026, 3, 14))
    return given


def postponed(rig: Rig) -> str:
    given = waiting(rig)
    rig.postpone(given, MONDAY, dates=(FRIDAY,))
    return given


def both_postponed(rig: Rig) -> str:
    given = waiting(rig)
    rig.postpone(given, MONDAY, TUESDAY)
    return given


def postponed_and_cancelled(rig: Rig) -> str:
    given = postponed(rig)
    rig.withdraw(given, MONDAY)
    return given


def postponed_and_taken(rig: Rig) -> str:
    given = postponed(rig)
    rig.until(TUESDAY)
    return given


def corrected(rig: Rig) -> str:
    given = confirmed(rig)
    rig.until(date(2026, 3, 14))
    rig.correct(given, THURSDAY, 0)
    rig.correct(given, FRIDAY, 222)
    return given


HALF = "Corrected to half a day (3 hours 42 minutes)"
STORIES: list[tuple[Callable[[Rig], str], list[str], list[str]]] = [
    (waiting, ["Not confirmed yet"] * 2, ["Not confirmed yet"]),
    (confirmed, ["Confirmed"] * 2, ["Confirmed"]),
    (late, ["Late: not answered yet"] * 2, ["Late: not answered yet"]),
    (ended, ["Ended: not answered in time"] * 2, ["Ended: not answered in time"]),
    (not_accepted, ["Not accepted: too late"] * 2, ["Not accepted: too late"]),
    (cancelled, ["Cancelled"] * 2, ["Cancelled"]),
    (one_cancelled, ["Confirmed", "Cancelled"], ["1 confirmed", "1 cancelled"]),
    (one_taken, ["Taken", "Confirmed"], ["1 confirmed", "1 taken"]),
    (taken_and_cancelled, ["Taken", "Cancelled"], ["1 taken", "1 cancelled"]),
    (
        postponed,
        ["Confirmed", "Postponed to 16 March 2026", "Confirmed (new day)"],
        ["1 postponed", "1 confirmed"],
    ),
    (
        both_postponed,
        ["Postponed to 16 March 2026", "Postponed to 17 March 2026", *["Confirmed (new day)"] * 2],
        ["2 postponed"],
    ),
    (
        postponed_and_cancelled,
        ["Confirmed", "Postponed to 16 March 2026", "Cancelled"],
        ["1 confirmed", "1 cancelled"],
    ),
    (postponed_and_taken, ["Taken", "Postponed to 16 March 2026", "Taken"], ["Taken"]),
    (corrected, ["Corrected: worked instead", HALF], ["2 corrected"]),
]


def shown(rig: Rig, given: str) -> NoticeShown:
    with rig.wiring.reading() as connection:
        found = notice(connection, given)
    assert found is not None
    return found


@pytest.mark.parametrize(("story", "days", "whole"), STORIES, ids=[story.__name__ for story, _, _ in STORIES])
def test_each_day_and_the_notice_are_told_as_they_are(
    rig: Rig, carer: WebClient, hr: WebClient, story: Callable[[Rig], str], days: list[str], whole: list[str]
) -> None:
    given = story(rig)
    found = shown(rig, given)
    assert [day_tag(found, day, times=True).words for day in found.days] == days
    assert [tag.words for tag in notice_tags(found, times=True)] == whole
    assert [day["shown"] for day in carer.get(f"/api/leave/notices/{given}").get_json()["days"]] == days
    for page in (carer.text("/leave/"), hr.text(f"/leave/staff/{CARER}")):
        assert " ".join(whole) in page
    for reader in (carer, hr):
        page = reader.text(f"/leave/notices/{given}")
        assert all(words in page for words in [*days, *whole])


def test_a_single_day_says_to_which_day_it_was_postponed_in_every_list(rig: Rig, carer: WebClient) -> None:
    given = rig.give(FRIDAY).data["notice"]
    rig.postpone(given, MONDAY)
    assert [tag.words for tag in notice_tags(shown(rig, given), times=True)] == ["Postponed to 16 March 2026"]
    assert "16 March 2026 2 March 2026 Postponed to 16 March 2026" in carer.text("/leave/")


def test_a_single_corrected_day_says_what_it_is_now(rig: Rig, carer: WebClient) -> None:
    given = rig.give(FRIDAY).data["notice"]
    rig.until(date(2026, 3, 14))
    rig.correct(given, FRIDAY, 222)
    assert f"13 March 2026 2 March 2026 {HALF}" in carer.text("/leave/")


def test_who_may_not_know_the_time_reads_that_a_day_was_corrected_and_not_to_what(rig: Rig, manager: WebClient) -> None:
    given = rig.give(FRIDAY).data["notice"]
    rig.until(date(2026, 3, 14))
    rig.correct(given, FRIDAY, 222)
    page = manager.text(f"/leave/notices/{given}")
    assert "Corrected" in page
    assert "hours" not in page
    rig.correct(given, FRIDAY, 0)
    assert "Corrected: worked instead" in manager.text(f"/leave/notices/{given}")


def test_no_two_states_are_told_by_the_same_words() -> None:
    days = {words for _, told, _ in STORIES[:6] for words in told}
    assert len(days) == 6
