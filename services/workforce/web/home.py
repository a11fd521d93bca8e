"""What is to be done in workforce: for HR, staff without a manager; and how many people work there."""

from __future__ import annotations

from flask import url_for

from services.workforce.read.staff_list import count_without_manager
from services.workforce.web.access import LIST, admit
from services.workforce.wiring import WorkforceWiring
from shared.demonstration.scale import in_scale, people_each
from shared.people.questions import headcount
from shared.web.actor import Actor
from shared.web.app_context import app_context, wired
from shared.web.home import HomeFound, HomeItem, HomeKind, HomeStanding


def home(actor: Actor) -> HomeFound:
    """For HR of an organisation; everybody else finds nothing to do here."""
    if "hr" not in actor.roles:
        return HomeFound()
    admit(actor, LIST)
    workforce = wired(WorkforceWiring)
    day = workforce.application.today()
    with workforce.reading() as connection:
        people = headcount(connection, actor.organisation, day)
        number = count_without_manager(connection, actor.organisation, day)
    items = [_without_manager(number)] if number else []
    kinds = [HomeKind("Staff records", items, url_for("workforce.overview"))]
    words = in_scale(f"{people:,}", people_each(app_context().settings).get(actor.organisation, 1))
    return HomeFound(kinds, HomeStanding((("People", words),), "Staff", url_for("workforce.overview")))


def _without_manager(number: int) -> HomeItem:
    words = "1 person has" if number == 1 else f"{number:,} people have"
    return HomeItem(
        text=f"{words} no manager",
        href=url_for("workforce.overview", manager="none"),
        silence="Only HR can answer their late requests, and nobody can sign their passport.",
    )
