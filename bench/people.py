"""Carers who can give notice: employments in leave's people view, and the commands of theirs."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from bench.backlog import ORGANISATION, names
from services.leave.domain.commands import Day, Declaration, GiveNotice
from shared.kernel.clock import today
from shared.people.effects import employment_held
from shared.runtime.wiring import Wiring
from shared.store.commands import CommandKey
from shared.store.rows import Rows

_AHEAD = 28


class Carers:
    """People of a department by number, each employed all week."""

    def __init__(self, leave: Wiring, numbers: range) -> None:
        self._today = today(leave.clock)
        with leave.stores.read.writing() as connection:
            employment_held(Rows(connection), [_employment(number) for number in numbers])

    def notice(self, number: int, week: int = 0) -> tuple[GiveNotice, CommandKey]:
        """Notice of one day, in another week for each ``week``, with a key of its own."""
        person, _, employment = names(number)
        day = self._today + timedelta(days=_AHEAD + 7 * week)
        command = GiveNotice(person, employment, (Day(day, "whole"),), Declaration(dependant=True, care=True), person)
        return command, CommandKey(f"{ORGANISATION}/{person}/GiveNotice", str(uuid4()))


_positions = count(1)


def _employment(number: int) -> dict[str, Any]:
    person, _, employment = names(number)
    return {
        "subject": person,
        "organisation": ORGANISATION,
        "position": next(_positions),
        "data": {
            "employment": employment,
            "staff_number": str(number),
            "post": "Officer",
            "employer": ORGANISATION,
            "manager": None,
            "nation": "england",
            "status": "employee",
            "fte": "1/1",
            "full_time_minutes": 2220,
            "pattern": {
                "starts": "2024-01-01",
                "days": [[222, 222]] * 7,
                "works_bank_holidays": True,
                "varies": False,
            },
            "starts": "2020-04-01",
            "ends": None,
            "effective_from": "2020-04-01",
        },
    }
