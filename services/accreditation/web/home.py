"""What is to be done in training and accreditation, what is new, and how one's own training stands."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import url_for

from services.accreditation.domain.compliance import DUE, GRACE
from services.accreditation.domain.courses import CourseRules
from services.accreditation.domain.provisions import CHAMPION
from services.accreditation.read.awards import AwardShown, awards_of, expiring
from services.accreditation.read.figures import all_compliance_on
from services.accreditation.read.provisions import ProvisionShown, provisions_of
from services.accreditation.web.access import COURSES, PUT_IN_PLACE, admit_own, admit_to_organisation, admit_to_reports
from services.accreditation.web.news import in_words
from services.accreditation.web.views import application, team_labels, team_view, this_day, training_view
from services.accreditation.web.words import STANDING_WORDS, day_before
from services.accreditation.wiring import AccreditationWiring
from shared.people.questions import employments_on
from shared.web.access import or_nothing
from shared.web.actor import Actor
from shared.web.app_context import wired
from shared.web.home import HomeFound, HomeItem, HomeKind, HomeStanding
from shared.web.news import NO_NEWS, NewsFound, news_found
from shared.web.words import short_day


def home(actor: Actor) -> HomeFound:
    """One's own courses and those of one's team; for HR what is in place; and how one's own training stands."""
    own, standing = _own(actor)
    kinds = [
        HomeKind("Your training", own, url_for("accreditation.overview")),
        HomeKind("Training in your team", _team(actor), url_for("accreditation.team")),
        HomeKind("Training in your organisation", _to_train(actor), url_for("accreditation.organisation")),
        HomeKind("Provisions and awards", _organisation(actor), url_for("accreditation.organisation")),
    ]
    return HomeFound(kinds, standing, _news(actor))


def _news(actor: Actor) -> NewsFound:
    """What others did to one's own training."""
    return news_found("accreditation", actor, in_words) if or_nothing(lambda: admit_own(actor)) else NO_NEWS


def _own(actor: Actor) -> tuple[list[HomeItem], HomeStanding | None]:
    if not or_nothing(lambda: admit_own(actor)):
        return [], None
    fields = frozenset({"title", "state", "due_on", "trained", "expires_on"})
    asked = training_view(actor.person, actor.organisation, fields, own=True)["asked"]
    return [item for each in asked if (item := _own_course(each))], _standing(actor, asked)


def _own_course(asked: dict[str, Any]) -> HomeItem | None:
    """A course that is to be taken: in grace, where it is not done yet, or past it."""
    if asked["state"] == DUE:
        left = "You count as not trained until it is recorded that you took it."
    elif asked["state"] == GRACE and not asked["trained"]:
        left = f"From {short_day(asked['due_on'])} you count as not trained."
    else:
        return None
    text, href = f"Take the course {asked['title']}", url_for("accreditation.overview")
    return HomeItem(text, href, left, by=day_before(asked["due_on"]))


def _standing(actor: Actor, asked: list[dict[str, Any]]) -> HomeStanding | None:
    """Each course with its state and date, of who works here."""
    with wired(AccreditationWiring).reading() as connection:
        if not employments_on(connection, actor.person, this_day()):
            return None
    facts = tuple((each["title"], _state_words(each)) for each in asked)
    nothing = (("Courses", "You do not have to take any courses."),)
    return HomeStanding(facts or nothing, "My training", url_for("accreditation.overview"))


def _state_words(asked: dict[str, Any]) -> str:
    done = asked["trained"] and asked["state"] == GRACE
    words = "Completed" if done else STANDING_WORDS[asked["state"]][0]
    if asked["trained"] and asked["expires_on"]:
        return f"{words}, valid until {short_day(day_before(asked['expires_on']))}"
    if asked["state"] in (DUE, GRACE) and not done:
        return f"{words}, by {short_day(day_before(asked['due_on']))}"
    return words


def _team(actor: Actor) -> list[HomeItem]:
    """One line a course that people of the team have not done; who is still in the time given is not counted."""
    fields = or_nothing(lambda: admit_to_reports(actor))
    if not fields:
        return []
    courses: dict[tuple[str, str], list[dict[str, object]]] = {}
    for each in team_view(actor.person, fields):
        if each["state"] == DUE:
            courses.setdefault((each["code"], each["title"]), []).append(each)
    labels = team_labels(actor.person) if courses else {}
    return [_team_course(title, people, labels) for (_, title), people in courses.items()]


def _team_course(title: str, people: list[dict[str, Any]], labels: dict[str, str]) -> HomeItem:
    one = len(people) == 1
    who = "1 person in your team has" if one else f"{len(people)} people in your team have"
    return HomeItem(
        text=f"{who} not completed {title}",
        href=url_for("accreditation.team"),
        silence="They count as not trained until it is recorded that they took it.",
        who=labels.get(people[0]["person"], "") if one else "",
        by=day_before(min(each["due_on"] for each in people)),
    )


def _to_train(actor: Actor) -> list[HomeItem]:
    """For HR, one line a course: how many people are counted and not trained."""
    if not or_nothing(lambda: admit_to_organisation(actor, COURSES)):
        return []
    with wired(AccreditationWiring).reading() as connection:
        found = all_compliance_on(connection, actor.organisation, this_day())
    return [
        HomeItem(
            text=f"{_people(figures.denominator - figures.numerator)} must still take {_title(course)}",
            href=url_for("accreditation.show_course", code=course.code),
            silence="They count as not trained until it is recorded that they took it.",
        )
        for course, figures in found
        if figures.denominator > figures.numerator
    ]


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number:,} people"


def _title(course: CourseRules) -> str:
    return (course.version_on(this_day()) or course.versions[-1]).title


def _organisation(actor: Actor) -> list[HomeItem]:
    """For HR: awards that end soon, a champion's place that is vacant, provisions whose review is due."""
    if not or_nothing(lambda: admit_to_organisation(actor, PUT_IN_PLACE)):
        return []
    day = this_day()
    with wired(AccreditationWiring).reading() as connection:
        ending = expiring(awards_of(connection, actor.organisation), application().schemes, day)
        provisions = provisions_of(connection, actor.organisation, day)
    vacant = [each for each in provisions if each.kind == CHAMPION and _is_vacant(each, day)]
    reviews = [each for each in provisions if each.state == "in-place" and each.review_on and each.review_on <= day]
    return [
        *(_award(each) for each in ending),
        *(_vacancy(each, day) for each in vacant),
        *(_review(each) for each in reviews),
    ]


def _is_vacant(champion: ProvisionShown, day: date) -> bool:
    return champion.vacant_since is not None and champion.vacant_since <= day and not champion.ends


def _award(award: AwardShown) -> HomeItem:
    return HomeItem(
        text=f"The {application().scheme(award.scheme).name} award ends on {short_day(award.last_day)}",
        href=url_for("accreditation.organisation"),
        silence="After that day it no longer counts for the organisations that it covers.",
        by=award.last_day,
    )


def _vacancy(champion: ProvisionShown, day: date) -> HomeItem:
    """It counts as in place while it is vacant for at most 90 days (``domain/provisions.py``)."""
    until = champion.counts_until
    left = "A champion does not count as in place until you name somebody."
    if until and day < until:
        left = f"From {short_day(until)} a champion does not count as in place."
    return HomeItem(
        text="There is no Carers’ Champion",
        href=url_for("accreditation.organisation"),
        silence=left,
        by=day_before(until) if until else None,
    )


def _review(provision: ProvisionShown) -> HomeItem:
    return HomeItem(
        text=f"Review: {provision.name}",
        href=url_for("accreditation.record_provision", kind=provision.kind),
        silence="It stays in place, and the review stays due.",
        by=provision.review_on,
    )
