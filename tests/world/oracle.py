"""An organisation's figures for a month, from published events alone.

What reporting says in ``carers.reporting.progress-reported.v1`` must equal this. It shares no line with reporting:
it knows the contracts of what the other services publish (``docs/contracts/``) and the definitions in reporting's
README (version 3), and asks them of every person, notice, course and award. Of the events only those count that had
been recorded at the instant asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from tests.world.events import Event, Known, Log, Read, parse, twelve_months
from tests.world.people import Leave, Notices, Passports, Staff
from tests.world.standing import Awards, Provisions, Training

DEFINITION: Final = 3
"""The version of the definitions that are asked here."""

SOURCES: Final = ("workforce", "leave", "passport", "accreditation")
"""The services whose events are all that figures are made of."""

_EMPLOYMENT, _DAY, _NOTICE, _PASSPORT = "employment", "day", "notice", "passport"
_TRAINING, _PROVISION, _AWARD = "training", "provision", "award"

_FAMILIES: Final = {
    _EMPLOYMENT: ("workforce.employment-recorded", "workforce.employment-changed", "workforce.employment-ended"),
    _DAY: ("leave.taken", "leave.corrected"),
    _NOTICE: ("leave.requested", "leave.confirmed", "leave.not-waived", "leave.postponed"),
    _PASSPORT: ("passport.agreed", "passport.reviewed", "passport.ended"),
    _TRAINING: tuple(
        f"accreditation.training-{what}" for what in ("assigned", "released", "completed", "corrected", "exempted")
    ),
    _PROVISION: ("accreditation.provision-recorded", "accreditation.provision-withdrawn"),
    _AWARD: ("accreditation.awarded", "accreditation.lapsed"),
}
_FAMILY_OF: Final = {kind: family for family, kinds in _FAMILIES.items() for kind in kinds}
_THINGS: Final = {_EMPLOYMENT: "employment", _NOTICE: "notice", _AWARD: "award"}

Figures = dict[str, Any]
"""A return's ``figures``: by the indicator's number."""


class Oracle:
    """Everything that was published, put in order once, and asked of any organisation, month and instant.

    ``published``: CloudEvents as plain dicts, in any order, of any services; those of no concern here are left out.
    """

    def __init__(self, published: Iterable[dict[str, Any]]) -> None:
        events = parse(published)
        self.logs = {source: Log(event for event in events if event.service == source) for source in SOURCES}
        self._by_thing: dict[tuple[str, Any], list[Event]] = defaultdict(list)
        self._things_of: dict[str, set[tuple[str, Any]]] = defaultdict(set)
        self.departments = _departments(events)
        for event in events:
            if family := _FAMILY_OF.get(event.kind):
                self._keep(family, event)
        self._histories: dict[str, History] = {}

    def _keep(self, family: str, event: Event) -> None:
        thing = family, _thing(family, event)
        self._by_thing[thing].append(event)
        if family != _PASSPORT:  # it is its holder's: employments tell in which organisations it counts
            for organisation in event.data.get("organisations", [event.organisation]):
                self._things_of[organisation].add(thing)

    def figures(self, organisation: str, month: str, known: Known) -> Figures:
        """The figures of a month by what is known: up to an instant, aware, or up to a position of each source."""
        return self._history(organisation).figures(month, known)

    def read_before(self, instant: datetime) -> Read:
        """How far each source's log was when an instant began: what a return of that instant must have read."""
        return {source: log.read_before(instant) for source, log in self.logs.items()}

    def read_until(self, instant: datetime) -> Read:
        """How far each source's log was when an instant was over: what a return of that instant can have read."""
        return {source: log.read_until(instant) for source, log in self.logs.items()}

    def _history(self, organisation: str) -> History:
        if organisation not in self._histories:
            things = self._things_of[organisation]
            found: dict[str, list[Event]] = defaultdict(list)
            for family, thing in things:
                found[family] += self._by_thing[family, thing]
            for person in {event.person for event in found[_EMPLOYMENT]}:
                found[_PASSPORT] += self._by_thing.get((_PASSPORT, person), [])
            self._histories[organisation] = History(organisation, {name: Log(found[name]) for name in _FAMILIES})
        return self._histories[organisation]


def _departments(events: Iterable[Event]) -> set[str]:
    """The organisations that make a return: all but the central team's."""
    kinds = {event.organisation: event.data["kind"] for event in events if event.kind.endswith("organisation-recorded")}
    return {organisation for organisation, kind in kinds.items() if kind != "centre"}


def _thing(family: str, event: Event) -> Any:
    """What an event tells of: events of one thing are told together, in whatever organisation."""
    data = event.data
    match family:
        case "day":
            return data["notice"], data["date"]
        case "passport":
            return event.person
        case "training":
            return event.organisation, event.person, data["course"]
        case "provision":
            return event.organisation, data["kind"], data["starts"]
        case _:
            return data[_THINGS[family]]


@dataclass
class History:
    """All that was ever said of one organisation. Of each family of events what was known last is kept at hand."""

    organisation: str
    logs: dict[str, Log]
    _kept: dict[str, tuple[Any, ...]] = field(default_factory=dict)

    def figures(self, month: str, known: Known) -> Figures:
        """The figures of a month, by what is known."""
        staff = self._known(_EMPLOYMENT, known, lambda events: Staff(self.organisation, events))
        leave = self._known(_DAY, known, lambda events: Leave(self.organisation, events))
        notices = self._known(_NOTICE, known, lambda events: Notices(self.organisation, events))
        passports = self._known(_PASSPORT, known, Passports)
        training = self._known(_TRAINING, known, Training)
        provisions = self._known(_PROVISION, known, Provisions)
        awards = self._known(_AWARD, known, lambda events: Awards(self.organisation, events))
        spans = {"month": [month], "year": twelve_months(month)}
        taken = {span: leave.figures(months, staff) for span, months in spans.items()}
        return {
            **{number: {span: taken[span][number] for span in spans} for number in ("10", "11", "12")},
            "6": passports.in_date(month, staff),
            "7": {span: passports.from_draft(months, staff) for span, months in spans.items()},
            "13": {span: notices.postponed(months) for span, months in spans.items()},
            "15": {span: notices.waived(months) for span, months in spans.items()},
            "16": {span: notices.answered(months) for span, months in spans.items()},
            "17": provisions.in_place("carers-policy", month),
            "18": {"awards": awards.held(month)},
            "22": training.figures(month, "line-managers"),
            "23": training.figures(month, "all-staff"),
            "24": provisions.in_place("carers-champion", month),
        }

    def _known(self, family: str, known: Known, make: Callable[[list[Event]], Any]) -> Any:
        log = self.logs[family]
        kept = isinstance(known, datetime), log.count(known)
        if self._kept.get(family, (None,))[0] != kept:
            self._kept[family] = kept, make(log.known(known))
        return self._kept[family][1]


def figures(
    events: Iterable[dict[str, Any]], organisation: str, months: Iterable[str], known: Known
) -> dict[str, Figures]:
    """By month the figures of one organisation, from published events alone."""
    oracle = Oracle(events)
    return {month: oracle.figures(organisation, month, known) for month in months}
