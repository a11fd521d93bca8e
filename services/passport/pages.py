"""The pages of the passport, put together; and what waits for somebody on the home page."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from flask import url_for

from services.passport import life_pages, own_pages, reader_pages, sharing_pages
from services.passport.blueprint import blueprint
from services.passport.domain.terms import OPEN
from services.passport.read.listed import Listed, count_proposals, listed_of
from services.passport.read.reviews import review_reasons
from services.passport.read.team import team_passports
from services.passport.reading import HR
from shared.kernel.clock import today
from shared.people.questions import employments_on
from shared.web.actor import Actor
from shared.web.home import HomeItem
from shared.web.wiring import wiring

__all__ = ["blueprint", "home", "life_pages", "own_pages", "reader_pages", "sharing_pages"]

TOLD_FOR: Final = timedelta(days=14)
"""How long the home page says that HR has looked."""


def home(actor: Actor) -> list[HomeItem]:
    """What waits for a carer in their own passport, and for a manager in those of their team."""
    return [*_own(actor), *_team(actor)]


def _own(actor: Actor) -> list[HomeItem]:
    held = wiring("passport")
    with held.reading() as connection:
        mine = listed_of(connection, actor.person)
        if mine is None or mine.state not in OPEN:
            return []
        day = today(held.clock)
        reviews = review_reasons(connection, mine, day)
        proposed = count_proposals(connection, actor.person)
        places = {each.organisation for each in employments_on(connection, actor.person, day)}
    waiting = {
        "passport.move": places and mine.organisation not in places and bool(mine.agreed_on),
        "passport.check": _waits_for_carer(mine),
        "passport.review": bool(reviews),
    }
    items = [HomeItem(_OWN_WORDS[endpoint], url_for(endpoint)) for endpoint, true in waiting.items() if true]
    if proposed:
        text = _counted(proposed, "change is", "changes are", "proposed for your passport")
        items.append(HomeItem(text, url_for("passport.overview")))
    seen = held.read_audit.count(actor.person, [HR], held.clock.now() - TOLD_FOR)
    if seen:
        items.append(HomeItem("HR has looked at your passport", url_for("passport.readings")))
    return items


_OWN_WORDS: Final = {
    "passport.move": "You work elsewhere now: does your passport come along?",
    "passport.check": "Your manager has signed your passport. Read it and sign",
    "passport.review": "Your passport is due for a review",
}


def _team(actor: Actor) -> list[HomeItem]:
    held = wiring("passport")
    with held.reading() as connection:
        found = team_passports(connection, actor.person, today(held.clock))
    counts = (
        (sum(each.waits_for_signature for each in found), "passport waits", "passports wait", "for your signature"),
        (sum(each.waits_to_be_taken_over for each in found), "passport was", "passports were", "brought to your team"),
        (sum(bool(each.reviews) for each in found), "passport", "passports", "in your team due for a review"),
    )
    return [HomeItem(_counted(*count), url_for("passport.team")) for count in counts if count[0]]


def _waits_for_carer(mine: Listed) -> bool:
    return bool(mine.signed_by_manager) and not mine.signed_by_carer


def _counted(number: int, one: str, many: str, rest: str) -> str:
    return f"{number} {one if number == 1 else many} {rest}"
