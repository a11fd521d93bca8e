"""What is shown of training, provisions, awards and assessments, for the API and the pages alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from services.accreditation.application import Accreditation
from services.accreditation.domain.assessment import SCORES, AreaScores, fresh
from services.accreditation.domain.award import highest_level
from services.accreditation.domain.compliance import Compliance
from services.accreditation.domain.courses import CourseRules
from services.accreditation.domain.schemes import Scheme
from services.accreditation.read.awards import AwardShown, assessed_areas, awards_of
from services.accreditation.read.team_by_team import InTeam
from services.accreditation.read.training import Asked, asked_of, completions_of, exemptions_of
from services.accreditation.wiring import AccreditationWiring
from shared.kernel.clock import today
from shared.people.labels import labels_of_people
from shared.people.questions import reports_of
from shared.store.keys import PersonalKeys
from shared.web.access import visible
from shared.web.app_context import wired
from shared.web.colleagues import with_names


def application() -> Accreditation:
    """The service's application."""
    return wired(AccreditationWiring).application


def this_day() -> date:
    """Business time's day."""
    return today(wired(AccreditationWiring).clock)


def course_view(course: CourseRules) -> dict[str, object]:
    """A course with its versions."""
    return {
        "course": course.course,
        "code": course.code,
        "audience": course.audience,
        "ends": course.ends.isoformat() if course.ends else None,
        "versions": [each.to_json() for each in course.versions],
    }


def compliance_view(course: CourseRules, day: date, found: Compliance) -> dict[str, object]:
    """A course's exact figures on a day."""
    return {"code": course.code, "on": day.isoformat(), **asdict(found)}


def training_view(person: str, organisation: str, fields: frozenset[str], *, own: bool) -> dict[str, Any]:
    """A person's training by these fields: all of it to themselves, to HR what belongs to their organisation.

    Notes are opened only where everything is shown.
    """
    with wired(AccreditationWiring).reading() as connection:
        asked = asked_of(connection, organisation, [person], this_day())[person]
        done = completions_of(connection, person) if "*" in fields else []
        let_off = exemptions_of(connection, person) if "*" in fields else []
    view: dict[str, object] = {"asked": [asked_view(person, each, fields) for each in asked]}
    if "*" in fields:
        keys: PersonalKeys = wired(AccreditationWiring).keys
        view["completions"] = [
            asdict(each) | {"evidence": _opened(keys, person, each.evidence, "evidence")}
            for each in done
            if own or each.organisation == organisation
        ]
        view["exemptions"] = [
            asdict(each) | {"note": _opened(keys, person, each.note, "note")}
            for each in let_off
            if own or each.organisation == organisation
        ]
    return view


def team_view(manager: str, fields: frozenset[str]) -> list[dict[str, Any]]:
    """How those whom somebody manages today stand to their courses; a person once for each course."""
    with wired(AccreditationWiring).reading() as connection:
        places: dict[str, set[str]] = {}
        for held in reports_of(connection, manager, this_day()):
            if held.person != manager:
                places.setdefault(held.organisation, set()).add(held.person)
        found = {
            (person, each.course.code): asked_view(person, each, fields)
            for organisation, persons in sorted(places.items())
            for person, asked in asked_of(connection, organisation, sorted(persons), this_day()).items()
            for each in asked
        }
    return list(found.values())


def by_name(found: Sequence[InTeam], labels: Mapping[str, str]) -> list[InTeam]:
    """People team by team as they came, and in each team by name."""
    teams = list(dict.fromkeys(each.manager for each in found))
    return sorted(found, key=lambda each: (teams.index(each.manager), labels.get(each.person, "").casefold()))


def team_labels(manager: str) -> dict[str, str]:
    """Who those are that somebody manages today: name where the reader may know it, staff number and post."""
    with wired(AccreditationWiring).reading() as connection:
        places = {held.person: held.organisation for held in reports_of(connection, manager, this_day())}
        labels: dict[str, str] = {}
        for slug in set(places.values()):
            persons = [person for person, place in places.items() if place == slug]
            labels |= labels_of_people(connection, persons, slug, this_day())
    return with_names(labels)


def asked_view(person: str, asked: Asked, fields: frozenset[str]) -> dict[str, object]:
    """A course that somebody is asked to take, by these fields."""
    return visible(
        {
            "person": person,
            "code": asked.course.code,
            "title": asked.version.title,
            "state": asked.standing.state,
            "since": asked.standing.since,
            "due_on": asked.standing.due_on,
            "trained": asked.standing.trained,
            "expires_on": asked.standing.expires_on,
        },
        fields,
    )


def awards_view(organisation: str, day: date) -> tuple[list[AwardShown], list[dict[str, object]]]:
    """The awards that concern an organisation, and its highest level under each scheme on a day."""
    with wired(AccreditationWiring).reading() as connection:
        shown = awards_of(connection, organisation)
    return shown, [_level(scheme, shown, organisation, day) for scheme in application().schemes.values()]


def assessment_view(organisation: str, scheme: Scheme, day: date) -> dict[str, object]:
    """A self-assessment area by area, as it stands on a day."""
    with wired(AccreditationWiring).reading() as connection:
        found = assessed_areas(connection, organisation, scheme.scheme)
    areas = [_area(scheme, name, found, day) for name in (each.area for each in scheme.areas)]
    return {
        "scheme": scheme.scheme,
        "name": scheme.name,
        "ready": sum(each["fresh"] for each in areas),
        "areas": areas,
    }


def _level(scheme: Scheme, shown: Sequence[AwardShown], organisation: str, day: date) -> dict[str, object]:
    level = highest_level(scheme, [each.cover for each in shown], organisation, day)
    return {
        "scheme": scheme.scheme,
        "level": level.level if level else None,
        "scheme_name": scheme.name,
        "level_name": level.name if level else "",
    }


def _area(scheme: Scheme, name: str, found: Mapping[str, AreaScores], day: date) -> dict[str, Any]:
    area, held = scheme.area(name), found.get(name)
    assert area is not None
    return {
        "area": name,
        "name": area.name,
        "scores": dict(held.scores) if held else {},
        "reached": held.reached if held else 0,
        "most": max(SCORES) * len(area.criteria),
        "evidence": held.evidence if held else "",
        "evidence_on": held.evidence_on if held else None,
        "fresh": bool(held and fresh(held.evidence_on, day)),
    }


def _opened(keys: PersonalKeys, person: str, sealed: str, context: str) -> str:
    return (keys.open(person, sealed, context) or "") if sealed else ""
