"""What is to be done in leave, with what silence does to it, what is new, and how one's own leave stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import url_for

from services.leave.domain.commands import Day
from services.leave.domain.notices import BOOKED, LATE
from services.leave.read.notices import (
    NoticeShown,
    count_imposed_in,
    count_late_in,
    count_waiting_for,
    next_day_of,
    not_waived_of,
    soonest_for,
)
from services.leave.web.access import BALANCE, DECIDE, READ, admit_own, admit_to_organisation, admit_to_reports
from services.leave.web.dates import date_words, dates_words
from services.leave.web.news import in_words
from services.leave.web.pages.decisions import move_offered
from services.leave.web.views import balances_view, notice_view, who_gave
from services.leave.web.words import days_too
from services.leave.wiring import LeaveWiring
from shared.kernel.clock import today
from shared.kernel.periods import DAY
from shared.people.questions import organisation_named
from shared.web.access import or_nothing
from shared.web.actor import Actor
from shared.web.app_context import wired
from shared.web.home import MOST, HomeFound, HomeItem, HomeKind, HomeStanding
from shared.web.news import NO_NEWS, NewsFound, news_found
from shared.web.words import moment, short_day, slug_words


def home(actor: Actor) -> HomeFound:
    """Notices of one's reports, one's own that can be moved, for HR what nobody answered; news and one's balance."""
    own = HomeKind("Your leave to move", _own(actor), url_for("leave.overview"), legal=True)
    return HomeFound([_team(actor), own, *_organisation(actor)], _standing(actor), _news(actor))


def _news(actor: Actor) -> NewsFound:
    """What others did to one's own leave."""
    return news_found("leave", actor, in_words) if or_nothing(lambda: admit_own(actor, READ)) else NO_NEWS


def _team(actor: Actor) -> HomeKind:
    """One line a notice that waits, by the fields of those whom one manages."""
    items, more = _of_team(actor)
    return HomeKind("Requests from people you manage", items, url_for("leave.waiting"), more, legal=True)


def _of_team(actor: Actor) -> tuple[list[HomeItem], int]:
    fields = or_nothing(lambda: admit_to_reports(actor))
    if not fields:
        return [], 0
    day = _today()
    with wired(LeaveWiring).reading() as connection:
        found = soonest_for(connection, actor.person, day, limit=MOST)
        number = count_waiting_for(connection, actor.person, day) if len(found) == MOST else len(found)
    who = who_gave(found)
    return [_notice(each, notice_view(each, fields), who[each.notice]) for each in found], number - len(found)


def _notice(found: NoticeShown, shown: dict[str, Any], who: str) -> HomeItem:
    """In time it stands by silence; late it lapses (Carer's Leave Regulations 2024, regs 7 and 8)."""
    days = _booked(shown["dates"])
    late = shown["state"] == LATE
    if late:
        silence = f"It ends on {moment(found.ends_at)}, when its first day begins, and the time can be used again."
    else:
        silence = f"After {short_day(shown['deadline'])} it is confirmed automatically and can no longer be postponed."
    return HomeItem(
        text=f"{'Late request' if late else 'Request'} for leave: {_named(days)}",
        href=url_for("leave.show_notice", notice=shown["notice"]),
        silence=silence,
        who=who,
        by=_before(days[0]["date"]) if late else date.fromisoformat(shown["deadline"]),
    )


def _own(actor: Actor) -> list[HomeItem]:
    """One's own notices that were not waived and can still be moved."""
    if not or_nothing(lambda: admit_own(actor, READ)):
        return []
    with wired(LeaveWiring).reading() as connection:
        found = not_waived_of(connection, actor.person, _today())
    return [_movable(each, offered["days"]) for each in found if (offered := move_offered(each)) and offered["days"]]


def _movable(found: NoticeShown, days: Sequence[Day]) -> HomeItem:
    named = [{"date": day.date.isoformat(), "part": day.part} for day in days]
    return HomeItem(
        text=f"Not accepted, because you asked too late. You can move your leave to {_named(named)}",
        href=url_for("leave.show_notice", notice=found.notice),
        silence="You do not take this leave. You can move it until these days begin: you asked in time for them.",
        by=_before(named[0]["date"]),
    )


def _organisation(actor: Actor) -> list[HomeKind]:
    """For HR: late notices that nobody has answered, and leave ahead that was postponed without agreement."""
    if not or_nothing(lambda: admit_to_organisation(actor, DECIDE)):
        return []
    with wired(LeaveWiring).reading() as connection:
        late, first = count_late_in(connection, actor.organisation, actor.person)
        imposed, next_day = count_imposed_in(connection, actor.organisation, actor.person, _today())
    return [_late(late, first), _imposed(imposed, next_day)]


def _late(number: int, first: str) -> HomeKind:
    href = url_for("leave.waiting_in_organisation")
    words = "1 late request has" if number == 1 else f"{number:,} late requests have"
    silence = "Each ends when its first day begins, unless its manager or HR answers before."
    items = [HomeItem(f"{words} no answer", href, silence, by=_before(first))] if number else []
    return HomeKind("Late requests in your organisation", items, href, legal=True)


def _imposed(number: int, next_day: str) -> HomeKind:
    """Consultation is the law's, agreement is not: HR looks at it (Carer's Leave Regulations 2024, reg 8)."""
    href = url_for("leave.flagged_in_organisation")
    words = "1 request was" if number == 1 else f"{number:,} requests were"
    silence = "The new days stand, and the leave is taken on them."
    text = f"{words} postponed without the carer’s agreement"
    items = [HomeItem(text, href, silence, by=_before(next_day))] if number else []
    return HomeKind("Postponed without agreement", items, href)


def _standing(actor: Actor) -> HomeStanding | None:
    """What is left today, the next day away and when all time is back, of who holds a post."""
    if not or_nothing(lambda: admit_own(actor, BALANCE)):
        return None
    balances = balances_view(actor.person, _today(), full_week=False)
    if not balances:
        return None
    names = _employer_names([balance["employer"] for balance in balances]) if len(balances) > 1 else {}
    facts = [fact for balance in balances for fact in _balance_facts(balance, names.get(balance["employer"], ""))]
    return HomeStanding((*facts, ("Next day away", _next_day(actor.person))), "My leave", url_for("leave.overview"))


def _employer_names(employers: Sequence[str]) -> dict[str, str]:
    with wired(LeaveWiring).reading() as connection:
        known = {slug: organisation_named(connection, slug) for slug in employers}
    return {slug: found.name if found else slug_words(slug) for slug, found in known.items()}


def _balance_facts(balance: dict[str, Any], employer: str) -> list[tuple[str, str]]:
    whose = f" ({employer})" if employer else ""
    if "refused" in balance:
        return [(f"Left today{whose}", balance["sentence"])]
    back = balance["all_back_on"]
    return [
        (f"Left today{whose}", days_too(balance["left_minutes"], balance["day_minutes"])),
        (f"All your days available again from{whose}", short_day(back) if back else "Today: you have not used any"),
    ]


def _next_day(person: str) -> str:
    with wired(LeaveWiring).reading() as connection:
        found = next_day_of(connection, person, _today())
    if found is None:
        return "None is booked"
    return date_words(found.date, found.part) + (", not answered yet" if found.late else "")


def _named(days: Sequence[dict[str, Any]]) -> str:
    return dates_words([(day["date"], day["part"]) for day in days])


def _booked(dates: Sequence[dict[str, object]]) -> list[dict[str, Any]]:
    """The dates that are still asked for, earliest first; all of them where the lists have none."""
    return [day for day in dates if day["state"] == BOOKED] or list(dates)


def _before(first_day: str) -> date:
    """The last day before something begins; today where it has not begun on its first day."""
    return max(date.fromisoformat(first_day) - DAY, _today())


def _today() -> date:
    return today(wired(LeaveWiring).clock)
