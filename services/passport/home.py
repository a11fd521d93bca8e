"""Tasks about passports, what happens if nothing is done, and how one's own stands. Nothing of what is written."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from flask import url_for
from sqlalchemy import Connection

from services.passport.access import READ, SHARE, admit_own, admit_to_list, admit_to_own
from services.passport.domain.terms import OPEN
from services.passport.read.listed import Listed, count_proposals, listed_of
from services.passport.read.reviews import YEARLY, review_reasons
from services.passport.read.team import TeamPassport, team_passports
from services.passport.reading import HR
from services.passport.views import consents_view, labels
from services.passport.words import REVIEW_WORDS, STATE_WORDS
from shared.kernel.clock import today
from shared.people.questions import employments_on
from shared.web.access import or_nothing
from shared.web.actor import Actor
from shared.web.home import HomeFound, HomeItem, HomeStanding
from shared.web.wiring import wiring
from shared.web.words import short_day

TOLD_FOR: Final = timedelta(days=14)
"""How long the home page says that HR has looked."""

_REVIEW_LEFT: Final = "What was agreed still applies, and the review stays overdue."
_SIGN_FIRST: Final = "Nothing is agreed until you both sign."
_SIGN_AGAIN: Final = "What was agreed before still applies until you both sign."


def home(actor: Actor) -> HomeFound:
    """Tasks about one's own passport, and for a manager about those of their team; and how one's own stands."""
    own, standing = _own(actor)
    return HomeFound([*own, *_team(actor)], standing, more_href=url_for("passport.team"))


def _own(actor: Actor) -> tuple[list[HomeItem], HomeStanding | None]:
    if not or_nothing(lambda: admit_own(actor, READ)):
        return [], None
    held = wiring("passport")
    day = today(held.clock)
    with held.reading() as connection:
        places = {each.organisation for each in employments_on(connection, actor.person, day)}
        mine = listed_of(connection, actor.person)
        if mine is None:
            return [], _none() if places else None
        if mine.state not in OPEN:  # ended: nobody is reminded of it, not even that there is none now
            return [], None
        items = _own_items(connection, actor, mine, places, day)
    seen = held.read_audit.count(actor.person, [HR], held.clock.now() - TOLD_FOR)
    return [*items, *(_looked_at() if seen else [])], _standing(actor, mine) if places else None


def _own_items(connection: Connection, actor: Actor, mine: Listed, places: set[str], day: date) -> list[HomeItem]:
    items = []
    if places and mine.organisation not in places and mine.agreed_on:
        text = "Decide whether to take your passport with you to your new organisation"
        items.append(HomeItem(text, url_for("passport.move"), "Nobody in your new organisation can read it."))
    if mine.signed_by_manager and not mine.signed_by_carer:
        text = "Read and sign your passport. Your manager has signed it"
        items.append(HomeItem(text, url_for("passport.check"), _unsigned(mine)))
    if reasons := review_reasons(connection, mine, day):
        text = f"Review your passport, because {_because(reasons)}"
        items.append(HomeItem(text, url_for("passport.review"), _REVIEW_LEFT, by=_review_day(mine, reasons)))
    if number := count_proposals(connection, actor.person):
        text = f"Answer {'the change' if number == 1 else f'{number} changes'} proposed for your passport"
        left = "Your passport stays as it is."
        items.append(HomeItem(text, url_for("passport.overview"), left))
    return items


def _looked_at() -> list[HomeItem]:
    left = f"Nothing. This is for your information, and is shown for {TOLD_FOR.days} days."
    return [HomeItem("See why HR has read your passport", url_for("passport.readings"), left)]


def _none() -> HomeStanding:
    return HomeStanding((("Status", "You do not have a passport"),), "Start a passport", url_for("passport.overview"))


def _standing(actor: Actor, mine: Listed) -> HomeStanding:
    due = [("Review due by", short_day(mine.review_due))] if mine.review_due else []
    shared = {each["reader"] for each in consents_view(admit_to_own(actor, SHARE)) if each["opens_today"]}
    readers = {0: "Nobody", 1: "1 person"}.get(len(shared), f"{len(shared)} people")
    facts = (("Status", STATE_WORDS[mine.state][0]), *due, ("Shared with", readers))
    return HomeStanding(facts, "My passport", url_for("passport.overview"))


def _team(actor: Actor) -> list[HomeItem]:
    """One line a passport of one's reports: what is first to be done about it."""
    if not or_nothing(lambda: admit_to_list(actor)):
        return []
    held = wiring("passport")
    with held.reading() as connection:
        found = team_passports(connection, actor.person, today(held.clock))
    who = labels(*(each.listed.person for each in found))
    return [item for each in found if (item := _in_team(each, who[each.listed.person]))]


def _in_team(each: TeamPassport, who: str) -> HomeItem | None:
    by = None
    if each.waits_to_be_taken_over:
        text = "Accept a passport from another organisation, or propose a change"
        left = "It does not apply here yet, and the carer cannot change it."
    elif each.waits_for_signature:
        text, left = "Read and sign a passport", _unsigned(each.listed)
    elif not each.shared:
        because = f", and is due for review because {_because(each.reviews)}" if each.reviews else ""
        text = f"Ask to see a passport. It is not shared with you{because}"
        left = "You cannot read it, sign it or review it. What was agreed still applies."
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
