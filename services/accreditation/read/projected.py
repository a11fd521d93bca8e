"""What accreditation's own events do to its lists."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, delete

from services.accreditation.domain.assessment import Assessment
from services.accreditation.domain.award import Award
from services.accreditation.domain.course import Course
from services.accreditation.domain.provisions import Provision
from services.accreditation.domain.training import TrainingRecord
from services.accreditation.read.tables import (
    NO_END,
    areas,
    assignments,
    awards,
    completions,
    courses,
    covered,
    erased,
    exemptions,
    provisions,
    versions,
)
from services.accreditation.read.told import TOLD
from shared.kernel.events import Event
from shared.store.news import with_news
from shared.store.rows import Rows
from shared.store.subscriptions import RowEffect


def course_recorded(rows: Rows, events: Sequence[Event]) -> None:
    """A course with its first version."""
    same = ("course", "organisation", "code", "audience", "position")
    rows.upsert(courses, [_named(event, same) | {"ends": NO_END} for event in events], key=("course",))
    _add_versions(rows, events)


def course_revised(rows: Rows, events: Sequence[Event]) -> None:
    """A further version."""
    _add_versions(rows, events)
    _change_courses(rows, events, ())


def course_retired(rows: Rows, events: Sequence[Event]) -> None:
    """A course's end."""
    _change_courses(rows, events, ("ends",))


def assigned(rows: Rows, events: Sequence[Event]) -> None:
    """Somebody is asked."""
    same = ("course", "person", "since", "due_on", "least_version", "position")
    rows.upsert(assignments, [_named(event, same) | {"open": True} for event in events], key=("course", "person"))


def released(rows: Rows, events: Sequence[Event]) -> None:
    """Somebody is asked no longer."""
    latest = {(event["course"], event["person"]): event for event in events}
    changes = [_named(event, ("course", "person", "position")) | {"open": False} for event in latest.values()]
    rows.change(assignments, changes, key=("course", "person"))


def completed(rows: Rows, events: Sequence[Event]) -> None:
    """Somebody completed a version."""
    same = ("completion", "course", "person", "completed_on", "source", "position")
    found = [
        _named(event, same)
        | {
            "version": event["training_version"],
            "expires_on": event["expires_on"] or NO_END,
            "evidence": event["evidence"] or "",
            "expired": False,
        }
        for event in events
    ]
    rows.upsert(completions, found, key=("completion",))


def corrected(rows: Rows, events: Sequence[Event]) -> None:
    """A completion never was."""
    table = rows[completions]
    statement = delete(table).where(table.c.completion == bindparam("which"))
    rows.connection.execute(statement, [{"which": event["completion"]} for event in events])


def expired(rows: Rows, events: Sequence[Event]) -> None:
    """A completion's end is told."""
    told = {event["completion"] for event in events}
    rows.change(completions, [{"completion": each, "expired": True} for each in sorted(told)], key=("completion",))


def exempted(rows: Rows, events: Sequence[Event]) -> None:
    """Somebody need not take a course for a time."""
    same = ("course", "person", "starts", "reason", "position")
    found = [_named(event, same) | {"until": event["until"] or NO_END, "note": event["note"] or ""} for event in events]
    rows.upsert(exemptions, found, key=("course", "person", "starts"))


def forgotten(rows: Rows, events: Sequence[Event]) -> None:
    """An erased person: dates stay for the figures, words go, nothing is asked any more."""
    persons = [{"person": event["person"]} for event in events]
    rows.insert_missing(erased, persons)
    rows.change(completions, [each | {"evidence": ""} for each in persons], key=("person",))
    rows.change(exemptions, [each | {"note": ""} for each in persons], key=("person",))


def provision_recorded(rows: Rows, events: Sequence[Event]) -> None:
    """Something is in place."""
    key = ("organisation", "kind", "starts")
    found = [
        _named(event, (*key, "owner", "evidence", "position"))
        | {
            "ends": NO_END,
            "vacant_since": event["vacant_since"] or NO_END,
            "review_on": event["review_on"] or NO_END,
        }
        for event in events
    ]
    rows.upsert(provisions, found, key=key)


def provision_vacated(rows: Rows, events: Sequence[Event]) -> None:
    """A champion's place is vacant."""
    _change_provisions(rows, events, "vacant_since")


def provision_withdrawn(rows: Rows, events: Sequence[Event]) -> None:
    """Something is in place no longer."""
    _change_provisions(rows, events, "ends")


def area_assessed(rows: Rows, events: Sequence[Event]) -> None:
    """An area was looked at."""
    same = ("organisation", "scheme", "area", "evidence", "evidence_on", "position")
    found = [
        _named(event, same) | {"scores": json.dumps(event["scores"], sort_keys=True), "assessed_on": event["time"][:10]}
        for event in events
    ]
    rows.upsert(areas, found, key=("organisation", "scheme", "area"))


def awarded(rows: Rows, events: Sequence[Event]) -> None:
    """An award, and whom it covers."""
    same = ("award", "organisation", "scheme", "level", "starts", "until", "reference", "position")
    rows.upsert(awards, [_named(event, same) | {"lapsed_on": NO_END} for event in events], key=("award",))
    pairs = [
        {"award": event["award"], "organisation": organisation}
        for event in events
        for organisation in event["organisations"]
    ]
    rows.insert_missing(covered, pairs)


def lapsed(rows: Rows, events: Sequence[Event]) -> None:
    """An award is over."""
    rows.change(awards, [_named(event, ("award", "lapsed_on", "position")) for event in events], key=("award",))


_LISTED: Mapping[str, RowEffect] = {
    Course.Recorded.TOPIC: course_recorded,
    Course.Revised.TOPIC: course_revised,
    Course.Retired.TOPIC: course_retired,
    TrainingRecord.Assigned.TOPIC: assigned,
    TrainingRecord.Released.TOPIC: released,
    TrainingRecord.Completed.TOPIC: completed,
    TrainingRecord.Corrected.TOPIC: corrected,
    TrainingRecord.Expired.TOPIC: expired,
    TrainingRecord.Exempted.TOPIC: exempted,
    TrainingRecord.Forgotten.TOPIC: forgotten,
    Provision.Recorded.TOPIC: provision_recorded,
    Provision.Vacated.TOPIC: provision_vacated,
    Provision.Withdrawn.TOPIC: provision_withdrawn,
    Assessment.AreaAssessed.TOPIC: area_assessed,
    Award.Awarded.TOPIC: awarded,
    Award.Lapsed.TOPIC: lapsed,
}

PROJECTED: Mapping[str, RowEffect] = with_news(_LISTED, TOLD, closing=[TrainingRecord.Forgotten.TOPIC])


def _add_versions(rows: Rows, events: Sequence[Event]) -> None:
    same = ("course", "number", "title", "grace_days", "retake", "starts")
    found = [_named(event, same) | {"validity_months": event["validity_months"] or 0} for event in events]
    rows.upsert(versions, found, key=("course", "number"))


def _change_courses(rows: Rows, events: Sequence[Event], names: tuple[str, ...]) -> None:
    latest = {event["course"]: event for event in events}
    rows.change(courses, [_named(event, ("course", "position", *names)) for event in latest.values()], key=("course",))


def _change_provisions(rows: Rows, events: Sequence[Event], name: str) -> None:
    key = ("organisation", "kind", "starts")
    latest = {tuple(event[part] for part in key): event for event in events}
    rows.change(provisions, [_named(event, (*key, name, "position")) for event in latest.values()], key=key)


def _named(event: Event, names: Sequence[str]) -> dict[str, object]:
    return {name: event[name] for name in names}
