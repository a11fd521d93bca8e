"""What leave's events of notices, passport's and accreditation's do to the facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Final

from services.reporting.domain.facts import AwardSaid, NoticeSaid, PassportSaid, ProvisionSaid, TrainingSaid
from services.reporting.read.fact_keeping import Event, FactKind, Row, by_said, fact_of, keep, mark_of
from services.reporting.read.tables import award_facts, notice_facts, passport_facts, provision_facts, training_facts
from shared.contracts import types
from shared.store.rows import Rows

ANYWHERE: Final = ""
"""The organisation of changes that only employments can place."""

_NOTICE_SAID: Final = {
    types.LEAVE_REQUESTED: NoticeSaid.REQUESTED,
    types.LEAVE_CONFIRMED: NoticeSaid.CONFIRMED,
    types.LEAVE_NOT_WAIVED: NoticeSaid.NOT_WAIVED,
    types.LEAVE_POSTPONED: NoticeSaid.POSTPONED,
}
_PASSPORT_SAID: Final = {
    types.PASSPORT_AGREED: (PassportSaid.AGREED, "agreed_on"),
    types.PASSPORT_REVIEWED: (PassportSaid.REVIEWED, "reviewed_on"),
    types.PASSPORT_ENDED: (PassportSaid.ENDED, "ended_on"),
}


def notice_said(rows: Rows, events: Sequence[Event]) -> None:
    """A notice was given, confirmed, not waived or postponed."""
    keep(rows, _NOTICES, [_notice_row(event) for event in events])


def passport_said(rows: Rows, events: Sequence[Event]) -> None:
    """A passport was agreed, reviewed or ended."""
    keep(rows, _PASSPORTS, [_passport_row(event) for event in events])


def training_said(rows: Rows, events: Sequence[Event]) -> None:
    """Somebody was asked to take a course, asked no longer, completed it, or was exempted from it."""
    keep(rows, _TRAINING, [_training_row(event) for event in events])


def provision_said(rows: Rows, events: Sequence[Event]) -> None:
    """Something was put in place for carers, or is no longer."""
    keep(rows, _PROVISIONS, [_provision_row(event) for event in events])


def award_said(rows: Rows, events: Sequence[Event]) -> None:
    """An award is held, or is over."""
    keep(rows, _AWARDS, [_award_row(event) for event in events])


def _notice_row(event: Event) -> Row:
    data, said = event["data"], _NOTICE_SAID[event["type"]]
    row = fact_of(event) | {"notice": data["notice"], "said": said, "given_on": data["given_on"]}
    confirmed = said == NoticeSaid.CONFIRMED
    row |= {name: data[name] if confirmed else "" for name in ("confirmed_on", "confirmed_by")}
    if said in (NoticeSaid.REQUESTED, NoticeSaid.CONFIRMED):
        return row | {"late": data["late"], "waived": data["waived"]}
    return row | {"late": said == NoticeSaid.NOT_WAIVED, "waived": False}


def _passport_row(event: Event) -> Row:
    data, (said, name) = event["data"], _PASSPORT_SAID[event["type"]]
    from_draft = data["days_from_draft"] if said == PassportSaid.AGREED else None
    row = fact_of(event) | {"said": said, "day": data[name], "from_draft": from_draft}
    return row | {"mark": mark_of(row)}


def _training_row(event: Event) -> Row:
    row = fact_of(event) | {"course": event["data"]["course"], "key": "", "audience": "", "version": 0}
    return row | {"first": "", "second": ""} | _TRAINING_SAID[event["type"]](event["data"])


def _assigned(data: Event) -> Row:
    named = {"audience": data["audience"], "version": data["least_version"]}
    return named | {"said": TrainingSaid.ASSIGNED, "first": data["since"], "second": data["due_on"]}


def _released(data: Event) -> Row:
    return {"said": TrainingSaid.RELEASED, "first": data["left_on"]}


def _completed(data: Event) -> Row:
    named = {"key": data["completion"], "version": data["version"]}
    return named | {"said": TrainingSaid.COMPLETED, "first": data["completed_on"], "second": data["expires_on"] or ""}


def _corrected(data: Event) -> Row:
    return {"said": TrainingSaid.CORRECTED, "key": data["completion"]}


def _exempted(data: Event) -> Row:
    second = _day_after(data["until"]) if data["until"] else ""
    return {"said": TrainingSaid.EXEMPTED, "key": data["starts"], "first": data["counted_from"], "second": second}


_TRAINING_SAID: Final[dict[str, Callable[[Event], Row]]] = {
    types.TRAINING_ASSIGNED: _assigned,
    types.TRAINING_RELEASED: _released,
    types.TRAINING_COMPLETED: _completed,
    types.TRAINING_CORRECTED: _corrected,
    types.TRAINING_EXEMPTED: _exempted,
}


def _provision_row(event: Event) -> Row:
    data = event["data"]
    row = fact_of(event) | {"kind": data["kind"], "starts": data["starts"]}
    if event["type"] == types.PROVISION_WITHDRAWN:
        return row | {"said": ProvisionSaid.WITHDRAWN, "out_on": data["ends"]}
    until = data["counts_until"]
    return row | {"said": ProvisionSaid.RECORDED, "out_on": _day_after(until) if until else ""}


def _award_row(event: Event) -> Row:
    data = event["data"]
    row = fact_of(event) | {name: data[name] for name in ("award", "scheme", "level")}
    if event["type"] == types.AWARD_LAPSED:
        return row | {"said": AwardSaid.LAPSED, "starts": "", "out_on": data["lapsed_on"], "covered": ""}
    return row | {
        "said": AwardSaid.AWARDED,
        "starts": data["starts"],
        "out_on": _day_after(data["until"]),
        "covered": " ".join(sorted(data["organisations"])),
    }


@lru_cache(maxsize=4096)
def _day_after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _notice_chain(said: list[Row]) -> Iterable[tuple[Row, Row]]:
    """What is said of waiving is replaced by the next word on it; a postponement by another one."""
    decisions = [row for row in said if row["said"] != NoticeSaid.POSTPONED]
    postponed = [row for row in said if row["said"] == NoticeSaid.POSTPONED]
    for alike in (decisions, postponed):
        yield from pairwise(alike)


def _training_chain(said: list[Row]) -> Iterable[tuple[Row, Row]]:
    """An exemption is replaced by the next of its name, a completion by the correction that takes it back.

    Assignments replace each other from a day on, so that all of them are needed for the days before.
    """
    last: dict[tuple[str, str], Row] = {}
    for row in said:
        name = (TrainingSaid.COMPLETED if row["said"] == TrainingSaid.CORRECTED else row["said"], row["key"])
        if row["key"] and name in last:
            yield last[name], row
        last[name] = row


def _none(_said: list[Row]) -> Iterable[tuple[Row, Row]]:
    """Nothing that passports say is taken back by what they say later."""
    return ()


def _since(*names: str) -> Callable[[list[Row]], Iterable[str]]:
    """The earliest month of these days among all that was said: what replaces them can touch it."""

    def first(said: list[Row]) -> Iterable[str]:
        return (str(min(row[name] for row in said for name in names if row[name])[:7]),)

    return first


def _passport_month(said: list[Row]) -> Iterable[str]:
    """The month of the last statement's day."""
    return (str(said[-1]["day"][:7]),)


def _notice_months(said: list[Row]) -> Iterable[str]:
    """The month of the notice, and those of its confirmation and of one that no longer stands."""
    return {said[-1]["given_on"][:7], *(row["confirmed_on"][:7] for row in said if row["confirmed_on"])}


def _training_month(said: list[Row]) -> Iterable[str]:
    """A correction touches the months since what it takes back; all else those since its own first day."""
    row = said[-1]
    firsts = [each["first"] for each in said if each["key"] == row["key"] and each["first"]]
    return (str((min(firsts) if row["key"] and firsts else row["first"] or row["known_from"])[:7]),)


def _covered(row: Row) -> Iterable[str]:
    return row["covered"].split() or (row["organisation"],)


_NOTICES: Final = FactKind("notice", notice_facts, ("notice",), _notice_chain, _notice_months)
_PASSPORTS: Final = FactKind("passport", passport_facts, ("person",), _none, _passport_month, lambda _row: (ANYWHERE,))
_TRAINING: Final = FactKind(
    "training", training_facts, ("organisation", "person", "course"), _training_chain, _training_month
)
_PROVISIONS: Final = FactKind(
    "provision", provision_facts, ("organisation", "kind", "starts"), by_said, _since("starts", "out_on")
)
_AWARDS: Final = FactKind("award", award_facts, ("award",), by_said, _since("starts", "out_on"), _covered)
