"""What is to be done in passports, what is new, and how one's own passport stands. No word of any."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from flask import url_for
from sqlalchemy import Connection

from services.passport.domain.terms import AGREED, OPEN, REVIEWED
from services.passport.read.listed import Listed, count_proposals, listed_of
from services.passport.read.reviews import YEARLY, review_reasons
from services.passport.read.team import TeamPassport, team_passports
from services.passport.web.access import READ, SHARE, admit_own, admit_to_list, admit_to_own
from services.passport.web.news import in_words
from services.passport.web.reading import HR
from services.passport.web.views import consents_view, labels
from services.passport.web.words import REVIEW_WORDS, STATE_WORDS
from services.passport.wiring import PassportWiring
from shared.kernel.clock import today
from shared.people.questions import employments_on
from shared.web.access import or_nothing
from shared.web.actor import Actor
from shared.web.app_context import wired
from shared.web.home import HomeFound, HomeItem, HomeKind, HomeStanding
from shared.web.news import NO_NEWS, NewsFound, news_found
from shared.web.words import short_day

TOLD_FOR: Final = timedelta(days=14)
"""For how long back the home page says that HR has looked."""

_REVIEW_LEFT: Final = "What was agreed stays in force, and the review stays due."
_SIGN_FIRST: Final = "Nothing is agreed until both have signed."
_SIGN_AGAIN: Final = "What was agreed before stays in force until both have signed."


def home(actor: Actor) -> HomeFound:
    """What is to be done in one's own passport and in those of one's team; news, and how one's own stands."""
    own, standing = _own(actor)
    kinds = [
        HomeKind("Passports in your team", _team(actor), url_for("passport.team")),
        HomeKind("Your passport", own, url_for("passport.overview")),
    ]
    return HomeFound(kinds, standing, _news(actor))


def _news(actor: Actor) -> NewsFound:
    """What others did to one's own passport."""
    return news_found("passport", actor, in_words) if or_nothing(lambda: admit_own(actor, READ)) else NO_NEWS


def _own(actor: Actor) -> tuple[list[HomeItem], HomeStanding | None]:
    if not or_nothing(lambda: admit_own(actor, READ)):
        return [], None
    held = wired(PassportWiring)
    day = today(held.clock)
    with held.reading() as connection:
        places = {each.organisation for each in employments_on(connection, actor.person, day)}
        mine = listed_of(connection, actor.person)
        if mine is None:
            return [], _none() if places else None
        if mine.state not in OPEN:  # ended: nobody is reminded of it, not even that there is none now
            return [], None
        items = _own_items(connection, actor, mine, places, day)
    return items, _standing(actor, mine) if places else None


def _own_items(connection: Connection, actor: Actor, mine: Listed, places: set[str], day: date) -> list[HomeItem]:
    items = []
    if places and mine.organisation not in places and mine.agreed_on:
        text = "You have moved. Do you want to take your passport with you?"
        items.append(HomeItem(text, url_for("passport.move"), "Nobody where you work now can read it."))
    if mine.signed_by_manager and not mine.signed_by_carer:
        text = "Your manager has signed your passport. Read it and sign"
        items.append(HomeItem(text, url_for("passport.check"), _unsigned(mine)))
    elif mine.state in (AGREED, REVIEWED) and not mine.signed_by_carer and _is_changed(actor):
        text = "Your passport has changed since it was agreed. Check it and sign"
        items.append(HomeItem(text, url_for("passport.check"), _SIGN_AGAIN))
    if reasons := review_reasons(connection, mine, day):
        text = f"Review your passport, because {_because(reasons)}"
        items.append(HomeItem(text, url_for("passport.review"), _REVIEW_LEFT, by=_review_day(mine, reasons)))
    if number := count_proposals(connection, actor.person):
        text = f"{'1 change is' if number == 1 else f'{number} changes are'} proposed for your passport"
        left = "Your passport stays as it is until you answer."
        items.append(HomeItem(text, url_for("passport.overview"), left))
    return items


def _is_changed(actor: Actor) -> bool:
    """Whether something else is written in one's own passport than was agreed; the list does not know."""
    paper = admit_to_own(actor, READ).passport.paper
    return paper.agreed is not None and paper.agreed != paper.content


def _none() -> HomeStanding:
    return HomeStanding((("Status", "You have no passport."),), "Write one", url_for("passport.overview"))


def _standing(actor: Actor, mine: Listed) -> HomeStanding:
    due = [("To be reviewed by", short_day(mine.review_due))] if mine.review_due else []
    shared = {each["reader"] for each in consents_view(admit_to_own(actor, SHARE)) if each["opens_today"]}
    readers = {0: "Nobody", 1: "1 person"}.get(len(shared), f"{len(shared)} people")
    facts = (("Status", STATE_WORDS[mine.state][0]), *due, ("Shared with", readers), *_looked_at(actor))
    return HomeStanding(facts, "My passport", url_for("passport.overview"))


def _looked_at(actor: Actor) -> list[tuple[str, str]]:
    held = wired(PassportWiring)
    number = held.read_audit.count(actor.person, [HR], held.clock.now() - TOLD_FOR)
    times = {1: "Once", 2: "Twice"}.get(number, f"{number} times")
    return [("Looked at by HR", f"{times} in the last {TOLD_FOR.days} days")] if number else []


def _team(actor: Actor) -> list[HomeItem]:
    """One line a passport of one's reports: what is first to be done about it."""
    if not or_nothing(lambda: admit_to_list(actor)):
        return []
    held = wired(PassportWiring)
    with held.reading() as connection:
        found = team_passports(connection, actor.person, today(held.clock))
    who = labels(*(each.listed.person for each in found))
    return [item for each in found if (item := _in_team(each, who[each.listed.person]))]


def _in_team(each: TeamPassport, who: str) -> HomeItem | None:
    by = None
    if each.waits_to_be_taken_over:
        text = "Take over a passport from a new member of your team, or propose a change"
        left = "It does not count as agreed here yet, and the carer cannot change it."
    elif each.waits_for_signature:
        text, left = "Sign a passport", _unsigned(each.listed)
    elif not each.shared:
        because = f", and due for a review because {_because(each.reviews)}" if each.reviews else ""
        text = f"A passport is not shared with you{because}. Ask if they want to share it"
        left = "You cannot read, sign or review it. What was agreed stays in force."
        by = _review_day(each.listed, each.reviews)
    elif each.reviews:
        text, left = f"Review a passport, because {_because(each.reviews)}", _REVIEW_LEFT
        by = _review_day(each.listed, each.reviews)
    else:
        return None
    href = url_for("passport.show_passport", person=each.listed.person)
    return HomeItem(text, href, left, who=who, by=by)


def _unsigned(one: Listed) -> str:
    return _SIGN_AGAIN if one.agreed_on else _SIGN_FIRST


def _because(reasons: tuple[str, ...]) -> str:
    return " and ".join(REVIEW_WORDS[reason] for reason in reasons)


def _review_day(one: Listed, reasons: tuple[str, ...]) -> date | None:
    """The day by which the yearly review was due; the other reasons have none."""
    return date.fromisoformat(one.review_due) if YEARLY in reasons else None
