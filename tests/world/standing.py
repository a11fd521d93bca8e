"""Who is trained (22, 23), what is in place (17, 24) and which awards are held (18), asked of one day.

Each class holds what was known at one instant, as the published events said it, of one organisation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from tests.world.events import FOREVER, Event, by, month_end

RANKS = {
    scheme: {level: rank for rank, level in enumerate(levels)}
    for scheme, levels in {
        "carer-confident": ("active", "accomplished", "ambassador"),
        "carer-positive": ("engaged", "established", "exemplary"),
    }.items()
}
"""How high a level stands in its scheme, as the schemes publish them."""


class Training:
    """What was said of people and the organisation's courses."""

    def __init__(self, events: Iterable[Event]) -> None:
        self._said = by(lambda event: (event.person, event.data["course"]), events)
        self._figures: dict[tuple[str, str], dict[str, int]] = {}

    def figures(self, month: str, audience: str) -> dict[str, int]:
        """People of an audience who are trained and counted at the month's end, and those in grace."""
        if (month, audience) not in self._figures:
            standing: dict[str, set[str]] = defaultdict(set)
            day = month_end(month)
            for (person, _), said in self._said.items():
                standing[person].add(_standing(said, audience, day))
            self._figures[month, audience] = {
                "trained": sum("trained" in found and "due" not in found for found in standing.values()),
                "counted": sum(bool(found & {"trained", "due"}) for found in standing.values()),
                "in_grace": sum("grace" in found and not found & {"trained", "due"} for found in standing.values()),
            }
        return self._figures[month, audience]


def _standing(said: Sequence[Event], audience: str, day: str) -> str:
    """How one person stands with one course on a day: outside, grace, due or trained."""
    asked: Event | None = None
    exempt: dict[str, bool] = {}
    done: dict[str, Event] = {}
    for event in said:
        data = event.data
        match event.kind:
            case "accreditation.training-assigned" if data["since"] <= day:
                asked = event
            case "accreditation.training-released" if data["left_on"] <= day:
                asked = None
            case "accreditation.training-exempted":
                exempt[data["starts"]] = data["counted_from"] <= day <= (data["until"] or FOREVER)
            case "accreditation.training-completed":
                done[data["completion"]] = event
            case "accreditation.training-corrected":
                done.pop(data["completion"], None)
    if asked is None or asked.data["audience"] != audience or any(exempt.values()):
        return "outside"
    if day < asked.data["due_on"]:
        return "grace"
    least = asked.data["least_version"]
    return "trained" if any(_counts(event, least, day) for event in done.values()) else "due"


def _counts(completed: Event, least_version: int, day: str) -> bool:
    done = completed.data
    return bool(done["version"] >= least_version and done["completed_on"] <= day < (done["expires_on"] or FOREVER))


class Provisions:
    """What the organisation has put in place for carers."""

    def __init__(self, events: Iterable[Event]) -> None:
        self._said = by(lambda event: (event.data["kind"], event.data["starts"]), events)

    def in_place(self, kind: str, month: str) -> dict[str, bool]:
        """Whether it is in place at the month's end; a champion's place counts while its event says so."""
        day = month_end(month)
        return {
            "in_place": any(
                name == kind and starts <= day and self._lasts(said, day) for (name, starts), said in self._said.items()
            )
        }

    @staticmethod
    def _lasts(said: Sequence[Event], day: str) -> bool:
        until = ends = FOREVER
        for event in said:
            if event.kind == "accreditation.provision-recorded":
                until = event.data["counts_until"] or FOREVER
            else:
                ends = event.data["ends"]
        return day <= until and day < ends


class Awards:
    """Awards that cover the organisation, whoever holds them."""

    def __init__(self, organisation: str, events: Iterable[Event]) -> None:
        self._organisation = organisation
        self._said = by(lambda event: event.data["award"], events)

    def held(self, month: str) -> list[dict[str, str]]:
        """At the month's end, by scheme the highest level of an award that has not ended."""
        day = month_end(month)
        best: dict[str, str] = {}
        for said in self._said.values():
            awarded = [event.data for event in said if event.kind == "accreditation.awarded"]
            lapsed = [event.data["lapsed_on"] for event in said if event.kind == "accreditation.lapsed"]
            if not awarded or self._organisation not in awarded[-1]["organisations"]:
                continue
            award = awarded[-1]
            if award["starts"] <= day <= award["until"] and day < (lapsed[-1] if lapsed else FOREVER):
                scheme, level = award["scheme"], award["level"]
                best[scheme] = max(best.get(scheme, level), level, key=lambda each: _rank(scheme, each))
        return [{"scheme": scheme, "level": best[scheme]} for scheme in sorted(best)]


def _rank(scheme: str, level: str) -> tuple[int, str]:
    return RANKS.get(scheme, {}).get(level, -1), level
