"""What waits in leave, with what silence does to it, and how one's own leave stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from flask import url_for

from services.leave.access import BALANCE, DECIDE, READ, admit_own, admit_to_organisation, admit_to_reports
from services.leave.decision_pages import move_offered
from services.leave.domain.commands import Day
from services.leave.domain.notices import BOOKED, LATE
from services.leave.read.notices import (
    NoticeShown,
    count_late_in,
    count_waiting_for,
    next_day_of,
    not_waived_of,
    soonest_for,
)
from services.leave.views import balances_view, notice_view, who_gave
from services.leave.words import PART_WORDS, days_too
from shared.kernel.clock import today
from shared.kernel.periods import DAY
from shared.web.access import or_nothing
from shared.web.actor import Actor
from shared.web.home import MOST, HomeFound, HomeItem, HomeStanding
from shared.web.wiring import wiring
from shared.web.words import short_day, slug_words

MOST_DAYS: Final = 3
"""Days of one notice that are named each; more are told by their number, the first and the last."""


def home(actor: Actor) -> HomeFound:
    """Notices of one's reports, one's own that can be moved, for HR the late ones; and one's own balance."""
    team, more = _team(actor)
    items = [*_own(actor), *team, *_organisation(actor)]
    return HomeFound(items, _standing(actor), more=more, more_href=url_for("leave.waiting"))


def _team(actor: Actor) -> tuple[list[HomeItem], int]:
    """One line a notice that waits, by the fields of those whom one manages, and how many there are besides."""
    fields = or_nothing(lambda: admit_to_reports(actor))
    if not fields:
        return [], 0
    day = _today()
    with wiring("leave").reading() as connection:
        found = soonest_for(connection, actor.person, day, limit=MOST)
        number = count_waiting_for(connection, actor.person, day) if len(found) == MOST else len(found)
    who = who_gave(found)
    return [_notice(notice_view(each, fields), who[each.notice]) for each in found], number - len(found)


def _notice(shown: dict[str, Any], who: str) -> HomeItem:
    """In time it stands by silence; late it lapses (Carer's Leave Regulations 2024, regs 7 and 8)."""
    days = _booked(shown["dates"])
    late = shown["state"] == LATE
    if late:
        silence = f"It lapses when its first day begins, on {short_day(days[0]['date'])}, and the time is given back."
    else:
        silence = (
            f"It stands: after {short_day(shown['deadline'])} it is confirmed by itself and can be postponed no more."
        )
    return HomeItem(
        text=f"{'Late notice of time' if late else 'Time'} away: {_days_words(days)}",
        href=url_for("leave.show_notice", notice=shown["notice"]),
        silence=silence,
        who=who,
        by=_before(days[0]["date"]) if late else date.fromisoformat(shown["deadline"]),
    )


def _own(actor: Actor) -> list[HomeItem]:
    """One's own notices that were not waived and can still be moved."""
    if not or_nothing(lambda: admit_own(actor, READ)):
        return []
    with wiring("leave").reading() as connection:
        found = not_waived_of(connection, actor.person, _today())
    return [_movable(each, offered["days"]) for each in found if (offered := move_offered(each)) and offered["days"]]


def _movable(found: NoticeShown, days: Sequence[Day]) -> HomeItem:
    named = [{"date": day.date.isoformat(), "part": day.part} for day in days]
    return HomeItem(
        text=f"Your notice does not stand because it came late. Move it to {_days_words(named)}",
        href=url_for("leave.show_notice", notice=found.notice),
        silence="Its time stays given back. It can be moved, with its time of notice, until these days begin.",
        by=_before(named[0]["date"]),
    )


def _organisation(actor: Actor) -> list[HomeItem]:
    """For HR, one line for all late notices that nobody has answered."""
    if not or_nothing(lambda: admit_to_organisation(actor, DECIDE)):
        return []
    with wiring("leave").reading() as connection:
        number, first = count_late_in(connection, actor.organisation, actor.person)
    if not number:
        return []
    words = "1 late notice waits" if number == 1 else f"{number} late notices wait"
    return [
        HomeItem(
            text=f"{words} in your organisation",
            href=url_for("leave.waiting_in_organisation"),
            silence="Each lapses when its first day begins, unless its manager or HR answers before.",
            by=_before(first),
        )
    ]


def _standing(actor: Actor) -> HomeStanding | None:
    """What is left today, the next day away and when all time is back, of who holds a post."""
    if not or_nothing(lambda: admit_own(actor, BALANCE)):
        return None
    balances = balances_view(actor.person, _today(), full_week=False)
    if not balances:
        return None
    facts = [fact for balance in balances for fact in _balance_facts(balance, several=len(balances) > 1)]
    return HomeStanding((*facts, ("Next day away", _next_day(actor.person))), "My leave", url_for("leave.overview"))


def _balance_facts(balance: dict[str, Any], *, several: bool) -> list[tuple[str, str]]:
    whose = f" ({slug_words(balance['employer'])})" if several else ""
    if "refused" in balance:
        return [(f"Left today{whose}", balance["sentence"])]
    back = balance["all_back_on"]
    return [
        (f"Left today{whose}", days_too(balance["left_minutes"], balance["day_minutes"])),
        (f"All time back on{whose}", short_day(back) if back else "Nothing is used"),
    ]


def _next_day(person: str) -> str:
    with wiring("leave").reading() as connection:
        found = next_day_of(connection, person, _today())
    if found is None:
        return "None is booked"
    return _day_words(found.date, found.part) + (", waits for an answer" if found.late else "")


def _booked(dates: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The dates that are still asked for, earliest first; all of them where the lists have none."""
    return [day for day in dates if day["state"] == BOOKED] or list(dates)


def _days_words(days: Sequence[dict[str, Any]]) -> str:
    """12 March 2026; 13 March 2026, morning. More than three: 5 days or parts of days, from … to …"""
    if len(days) <= MOST_DAYS:
        return "; ".join(_day_words(day["date"], day["part"]) for day in days)
    first, last = short_day(days[0]["date"]), short_day(days[-1]["date"])
    return f"{len(days)} days or parts of days, from {first} to {last}"


def _day_words(on: str, part: str) -> str:
    return short_day(on) if part == "whole" else f"{short_day(on)}, {PART_WORDS[part].lower()}"


def _before(first_day: str) -> date:
    """The last day before something begins; today where it has not begun on its first day."""
    return max(date.fromisoformat(first_day) - DAY, _today())


def _today() -> date:
    return today(wiring("leave").clock)
