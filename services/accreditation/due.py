"""What the clock makes due: awards lapse, completions expire, and assignment follows people.

Assignment is looked at anew in an organisation whose people or courses changed, and in each at the beginning of a
day: what people are asked is compared with what the rules say, a page of people at a time, so that days that were
missed are made up. A large organisation whose people move all day is looked at from time to time only.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection

from services.accreditation.read.courses import course_marks
from services.accreditation.read.due_items import (
    DueItem,
    assignments_due,
    awards_to_lapse,
    completions_to_expire,
    people_pages,
)
from services.accreditation.read.moves import moved
from shared.kernel.clock import today
from shared.kernel.errors import CarersError, ConflictError, UnavailableError
from shared.process.telemetry import log
from shared.process.wiring import Wiring
from shared.store.application import CommandKey

_BATCH: Final = 50
_LONG: Final = 0.15
"""Seconds after which the next organisation waits for the next call."""

_LONG_LOOK: Final = 1.0
_REST: Final = 20
"""A look that took longer than so many seconds is followed by so many times its length without one there."""

Mark = tuple[date, int, int]
"""The day, and the last change of an organisation's people and of its courses."""


@dataclass(frozen=True)
class Sent:
    """What came of commands: how many had an effect, and whether any must be sent again."""

    done: int = 0
    troubled: bool = False

    def __add__(self, other: Sent) -> Sent:
        return Sent(self.done + other.done, self.troubled or other.troubled)


class AccreditationDue:
    """Sends every command that is due. Remembers in which organisations assignment was looked at."""

    def __init__(self) -> None:
        self._looked: dict[str, Mark] = {}
        self._rests_until: dict[str, float] = {}

    def __call__(self, wiring: Wiring) -> int:
        """Send what is due now; answers how many commands had an effect."""
        day = today(wiring.clock)
        with wiring.reading() as connection:
            items = [*awards_to_lapse(connection, day), *completions_to_expire(connection, day)]
        return _send(wiring, items).done + self._follow_people(wiring, day)

    def _follow_people(self, wiring: Wiring, day: date) -> int:
        done, deadline = 0, time.monotonic() + _LONG
        with wiring.reading() as connection:
            marks = _marks(connection, day)
        for organisation, mark in marks.items():
            if self._looked.get(organisation) == mark or time.monotonic() < self._rests_until.get(organisation, 0.0):
                continue
            done += self._look(wiring, organisation, mark)
            if time.monotonic() > deadline:
                break
        return done

    def _look(self, wiring: Wiring, organisation: str, mark: Mark) -> int:
        sent, began = Sent(), time.monotonic()
        with wiring.reading() as connection:
            for page in people_pages(connection, organisation):
                sent += _send(wiring, assignments_due(connection, organisation, page, mark[0]))
                time.sleep(0)  # between pages the worker's other threads have their turn
        if not sent.troubled:
            self._looked[organisation] = mark
        took = time.monotonic() - began
        self._rests_until[organisation] = time.monotonic() + _REST * took if took > _LONG_LOOK else 0.0
        return sent.done


def _marks(connection: Connection, day: date) -> dict[str, Mark]:
    people = moved(connection)
    return {
        organisation: (day, people.get(organisation, 0), position)
        for organisation, position in course_marks(connection).items()
    }


def _send(wiring: Wiring, items: Sequence[DueItem]) -> Sent:
    done, troubled = 0, False
    for start in range(0, len(items), _BATCH):
        part = items[start : start + _BATCH]
        answers = wiring.application.execute_batch([(item.command, _key(item)) for item in part])
        for item, answer in zip(part, answers, strict=True):
            if isinstance(answer, CarersError):
                log.warning("due-refused", kind=item.key.split(":")[1], error=answer.code_)
                troubled = troubled or isinstance(answer, ConflictError | UnavailableError)
            else:
                done += bool(answer.position and not answer.repeated)
    return Sent(done, troubled)


def _key(item: DueItem) -> CommandKey:
    return CommandKey(f"{item.organisation}/clock/{type(item.command).__name__}", item.key)
