"""What workforce's own events do to its lists. The people view is folded from them as from the published ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import bindparam, update

from services.workforce.published import PUBLISHED
from services.workforce.read.tables import employers, people
from shared.kernel.events import Event
from shared.people.effects import employment_ended, employment_held, organisation_recorded
from shared.store.rows import Rows
from shared.store.subscriptions import RowEffect

Events = Sequence[dict[str, object]]


def named(rows: Rows, events: Events) -> None:
    """A person is called this; the name stays sealed."""
    latest = {
        event["person"]: {"person": event["person"], "name": event["name"], "forgotten": False} for event in events
    }
    rows.upsert(people, list(latest.values()), key=("person",))


def forgotten(rows: Rows, events: Events) -> None:
    """Not even the sealed name of a forgotten person is kept."""
    table = rows[people]
    statement = update(table).where(table.c.person == bindparam("who")).values(name="", forgotten=True)
    rows.connection.execute(statement, [{"who": event["person"]} for event in events])


def employer_recorded(rows: Rows, events: Events) -> None:
    """A legal employer has this name."""
    named_so = {event["employer"]: {"employer": event["employer"], "name": event["name"]} for event in events}
    rows.upsert(employers, list(named_so.values()), key=("employer",))


def _as_published(effect: RowEffect) -> RowEffect:
    """An effect of the people view, given own events in the form in which others receive them."""

    def apply(rows: Rows, events: Events) -> None:
        effect(rows, [_published(event) for event in events])

    return apply


def _published(event: Event) -> dict[str, object]:
    data: Callable[[dict[str, object]], dict[str, object]] = PUBLISHED[event["topic"]].data
    return {
        "organisation": event["organisation"],
        "subject": event["person"],
        "position": event["position"],
        "data": data(event),
    }


_held = _as_published(employment_held)

PROJECTED: Mapping[str, RowEffect] = {
    "workforce.organisation.recorded": _as_published(organisation_recorded),
    "workforce.employer.recorded": employer_recorded,
    "workforce.person.recorded": named,
    "workforce.person.name-corrected": named,
    "workforce.person.forgotten": forgotten,
    "workforce.employment.recorded": _held,
    "workforce.employment.changed": _held,
    "workforce.employment.ended": _as_published(employment_ended),
}
"""Topic → effect; consecutive events of one effect are folded together."""
