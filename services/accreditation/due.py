"""What the clock makes due: awards lapse, completions expire, and assignment follows people.

Assignment is looked at anew in an organisation whose people or courses changed, and in each at the beginning of a
day: what people are asked is compared with what the rules say, a portion of people at a time, so that days that were
missed are made up. The worker's loop has its turn after each portion and each batch of commands; what is more than a
call should take is gone on with in the next. A large organisation whose people move all day is looked at from time
to time only.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection

from services.accreditation.read.assignment_candidates import assignment_candidates
from services.accreditation.read.courses import course_marks
from services.accreditation.read.due_items import (
    PAGE,
    assignments_due,
    awards_to_lapse,
    completions_to_expire,
)
from services.accreditation.read.moves import moved
from shared.kernel.clock import today
from shared.runtime.due import DueItem, send
from shared.runtime.wiring import Wiring

_LONG: Final = 1.0
"""Seconds after which the rest waits for the next call."""

_LONG_LOOK: Final = 0.25
_REST: Final = 20
"""A look whose questions took longer than so many seconds is followed by so many times that without one there."""

Mark = tuple[date, int, int]
"""The day, and the last change of an organisation's people and of its courses."""


@dataclass
class Look:
    """A look at an organisation, which may take several calls: what it looks for, and how far it is."""

    mark: Mark
    after: str = ""
    seconds: float = 0.0
    troubled: bool = False


class AccreditationDue:
    """Sends every command that is due. Remembers in which organisations assignment was looked at.

    ``looking``: the looks that are not at their end, by organisation.
    """

    def __init__(self) -> None:
        self._looked: dict[str, Mark] = {}
        self.looking: dict[str, Look] = {}
        self._rests_until: dict[str, float] = {}

    def __call__(self, wiring: Wiring) -> int:
        """Send what is due now; answers how many commands had an effect."""
        day = today(wiring.clock)
        return send_expired(wiring, day) + self._follow_people(wiring, day)

    def _follow_people(self, wiring: Wiring, day: date) -> int:
        done, deadline = 0, time.monotonic() + _LONG
        with wiring.reading() as connection:
            marks = _marks(connection, day)
        for organisation, mark in marks.items():
            if self._looked.get(organisation) == mark or time.monotonic() < self._rests_until.get(organisation, 0.0):
                continue
            done += self._look(wiring, organisation, mark, deadline)
            if time.monotonic() > deadline:
                break
        return done

    def _look(self, wiring: Wiring, organisation: str, mark: Mark, deadline: float) -> int:
        """Look at an organisation, or go on where the last call left off."""
        look = self.looking.setdefault(organisation, Look(mark))
        done, first = 0, True
        while first or time.monotonic() <= deadline:
            first = False
            items, last = self._portion(wiring, organisation, look)
            sent = send(wiring.application, items)
            done += sent.done
            look.troubled = look.troubled or sent.troubled
            look.after = last
            if not last:
                self._end(organisation, look)
                break
        return done

    def _portion(self, wiring: Wiring, organisation: str, look: Look) -> tuple[list[DueItem], str]:
        """What is due among the next people, and the last of them; empty where nobody is left."""
        began, day = time.monotonic(), look.mark[0]
        with wiring.reading() as connection:
            persons, last = assignment_candidates(connection, organisation, day, look.after)
            if len(persons) > PAGE:
                persons, last = persons[:PAGE], persons[PAGE - 1]
            items = assignments_due(connection, organisation, persons, day) if persons else []
        look.seconds += time.monotonic() - began
        time.sleep(0)  # between portions the worker's other threads have their turn
        return items, last

    def _end(self, organisation: str, look: Look) -> None:
        del self.looking[organisation]
        if not look.troubled:
            self._looked[organisation] = look.mark
        rest = _REST * look.seconds if look.seconds > _LONG_LOOK else 0.0
        self._rests_until[organisation] = time.monotonic() + rest


def send_expired(wiring: Wiring, day: date) -> int:
    """Send that awards lapsed and completions expired up to a day; answers how many commands had an effect."""
    with wiring.reading() as connection:
        items = [*awards_to_lapse(connection, day), *completions_to_expire(connection, day)]
    return send(wiring.application, items).done


def _marks(connection: Connection, day: date) -> dict[str, Mark]:
    people = moved(connection)
    return {
        organisation: (day, people.get(organisation, 0), position)
        for organisation, position in course_marks(connection).items()
    }
