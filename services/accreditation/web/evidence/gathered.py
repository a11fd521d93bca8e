"""What the pack tells, gathered once for all its files. Counts of people alone, and posts in the place of names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Connection

from services.accreditation.domain.assessment import SCORES, AreaScores, fresh
from services.accreditation.domain.courses import AUDIENCES
from services.accreditation.domain.schemes import Area, Scheme
from services.accreditation.read.awards import AwardShown, assessed_areas, awards_of
from services.accreditation.read.provisions import ProvisionShown
from services.accreditation.web.evidence.live import VACANT, CourseShown, Live, live
from services.accreditation.web.words import PROVISION_WORDS, trained_words
from shared.people.questions import organisation_named


def gathered(connection: Connection, organisation: str, scheme: Scheme, day: date) -> dict[str, object]:
    """The pack's content: areas with scores, evidence and live figures, provisions in force, training, awards."""
    shown = live(connection, organisation, day)
    assessed = assessed_areas(connection, organisation, scheme.scheme)
    areas = [_area(area, assessed.get(area.area), shown.supporting(area), day) for area in scheme.areas]
    held = [each for each in awards_of(connection, organisation) if each.scheme == scheme.scheme]
    names = _names(connection, [organisation, *(slug for award in held for slug in _slugs(award))])
    return {
        "scheme": scheme.scheme,
        "scheme_name": scheme.name,
        "about": scheme.about,
        "organisation": organisation,
        "organisation_name": names[organisation],
        "as_at": day,
        "ready": sum(each["fresh"] for each in areas),
        "areas": areas,
        "provisions": [_provision(each, _supported(scheme, each)) for each in shown.in_place],
        "missing": [each.name for each in shown.missing],
        "training": [_course(each, _trained_for(scheme, each)) for each in shown.courses],
        "awards": [_award(each, scheme, names, day) for each in held],
    }


def _area(area: Area, held: AreaScores | None, shown: Live, day: date) -> dict[str, Any]:
    scores = dict(held.scores) if held else {}
    return {
        "area": area.area,
        "name": area.name,
        "reached": held.reached if held else 0,
        "most": max(SCORES) * len(area.criteria),
        "evidence": held.evidence if held else "",
        "evidence_on": held.evidence_on if held else None,
        "fresh": bool(held and fresh(held.evidence_on, day)),
        "criteria": [
            {
                "criterion": each.criterion,
                "text": each.text,
                "score": scores.get(each.criterion),
                "score_words": SCORES[scores[each.criterion]] if each.criterion in scores else "Not looked at",
            }
            for each in area.criteria
        ],
        "in_place": [_named(each) for each in shown.in_place],
        "missing": [each.name for each in shown.missing],
        "training": [_course(each, ()) for each in shown.courses],
    }


def _named(shown: ProvisionShown) -> str:
    return f"{shown.name} (vacant)" if shown.state == VACANT else shown.name


def _provision(shown: ProvisionShown, areas: Sequence[str]) -> dict[str, object]:
    return {
        "kind": shown.kind,
        "name": shown.name,
        "areas": list(areas),
        "state": shown.state,
        "state_words": PROVISION_WORDS[shown.state][0],
        "starts": shown.starts,
        "vacant_since": shown.vacant_since,
        "counts_until": shown.counts_until,
        "review_on": shown.review_on,
        "looked_after_by": shown.owner,
        "evidence": shown.evidence,
    }


def _course(shown: CourseShown, areas: Sequence[str]) -> dict[str, object]:
    named = {"code": shown.code, "title": shown.title, "audience": AUDIENCES[shown.audience], "areas": list(areas)}
    return named | asdict(shown.figures) | {"words": trained_words(shown.figures)}


def _award(award: AwardShown, scheme: Scheme, names: Mapping[str, str], day: date) -> dict[str, object]:
    level = scheme.level(award.level)
    return {
        "level": award.level,
        "level_name": level.name if level else award.level,
        "state": "held" if award.in_force(day) else "over" if award.last_day < day else "to come",
        "starts": award.starts,
        "last_day": award.last_day,
        "reference": award.reference,
        "held_by": names[award.organisation],
        "covers": [names[slug] for slug in award.organisations],
    }


def _supported(scheme: Scheme, shown: ProvisionShown) -> list[str]:
    return [area.name for area in scheme.areas if shown.kind in area.provisions]


def _trained_for(scheme: Scheme, shown: CourseShown) -> list[str]:
    return [area.name for area in scheme.areas if shown.audience in area.training]


def _slugs(award: AwardShown) -> tuple[str, ...]:
    return (award.organisation, *award.organisations)


def _names(connection: Connection, slugs: Sequence[str]) -> dict[str, str]:
    found = {slug: organisation_named(connection, slug) for slug in sorted(set(slugs))}
    return {slug: held.name if held else slug for slug, held in found.items()}
