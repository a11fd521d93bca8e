"""Published events written by hand, as short as a test can be read."""

from __future__ import annotations

from typing import Any

WORKS, RIVERS = "ministry-of-works", "rivers-agency"
EPOCH = "5f0e9f1e-0000-4000-8000-0000000000aa"

Published = dict[str, Any]


class Telling:
    """What four services published, in the order in which it was told."""

    def __init__(self) -> None:
        self.events: list[Published] = []

    def say(self, kind: str, recorded: str, /, person: str = "", at: str = WORKS, **data: Any) -> None:
        """One event. ``kind``: "leave.taken"; ``recorded``: the day, or the instant, on which it was recorded."""
        service = kind.partition(".")[0]
        position = 2 * sum(event["source"] == f"/test/{service}" for event in self.events) + 3
        event = {
            "id": f"{EPOCH}:{position}",
            "source": f"/test/{service}",
            "type": f"carers.{kind}.v1",
            "time": recorded if "T" in recorded else f"{recorded}T09:00:00+00:00",
            "organisation": at,
            "data": data,
        }
        self.events.append(event | ({"subject": person} if person else {}))

    def employ(self, person: str, since: str, at: str = WORKS, *, changed: bool = False, **terms: Any) -> None:
        """Somebody's employment, recorded or changed on the day from which it holds."""
        data = {
            "employment": f"post of {person}",
            "effective_from": since,
            "starts": since,
            "ends": None,
            "fte": "1/1",
            "status": "employee",
        }
        self.say(f"workforce.employment-{'changed' if changed else 'recorded'}", since, person, at, **data | terms)

    def take(self, person: str, day: str, minutes: int | str = 444, *, at: str = WORKS, **other: Any) -> None:
        """A day of leave, recorded at nine on that day unless ``recorded`` says another."""
        data = {"notice": f"{person} {day}", "date": day, "minutes": minutes, "paid_minutes": 0}
        recorded = other.pop("recorded", day)
        self.say("leave.taken", recorded, person, at, **data | {"full_time_minutes": 2220} | other)

    def correct(self, person: str, day: str, minutes: int | str, recorded: str, **other: Any) -> None:
        """What was taken on a day is put right."""
        data = {"notice": f"{person} {day}", "date": day, "minutes": minutes, "paid_minutes": 0}
        self.say("leave.corrected", recorded, person, **data | {"full_time_minutes": 2220} | other)

    def give(self, notice: str, given_on: str, person: str = "", *, late: bool = False, waived: bool = False) -> None:
        """A notice, given by the person whom its name begins with unless another is told."""
        who = person or notice.partition(" ")[0]
        self.say("leave.requested", given_on, who, notice=notice, given_on=given_on, late=late, waived=waived)

    def answer(self, notice: str, given_on: str, on: str, by: str = "manager", *, late: bool = False) -> None:
        """A notice is confirmed; of a late one that is a waiver."""
        data = {"notice": notice, "given_on": given_on, "confirmed_on": on, "confirmed_by": by}
        self.say("leave.confirmed", on, notice.partition(" ")[0], **data, late=late, waived=late)

    def decide(self, what: str, notice: str, given_on: str, on: str) -> None:
        """A notice is postponed, or not waived."""
        self.say(f"leave.{what}", on, notice.partition(" ")[0], notice=notice, given_on=given_on)

    def train(self, what: str, person: str, recorded: str, course: str = "course", **data: Any) -> None:
        """Something about a person and a course."""
        self.say(f"accreditation.training-{what}", recorded, person, course=course, **data)

    def assign(self, person: str, since: str, due_on: str, audience: str = "all-staff", **data: Any) -> None:
        """Somebody is asked to take a course."""
        asked: dict[str, Any] = {"audience": audience, "least_version": 1, "since": since, "due_on": due_on}
        self.train("assigned", person, since, **asked | data)

    def complete(self, person: str, on: str, expires_on: str | None = None, version: int = 1, **data: Any) -> None:
        """Somebody completed a course."""
        done: dict[str, Any] = {
            "completion": f"{person} {on}",
            "version": version,
            "completed_on": on,
            "expires_on": expires_on,
        }
        self.train("completed", person, on, **done | data)
