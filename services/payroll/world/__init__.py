"""What payroll does in a world: once a month, at the cut-off, it seals what is open in every pay group."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select

from services.payroll.domain.commands import SealBatch
from services.payroll.read.pay_groups import pay_groups
from services.payroll.read.tables import ledger_lines
from shared.demonstration.plan import Plan
from shared.kernel.clock import LONDON, start_of_day
from shared.kernel.errors import CarersError
from shared.runtime.wiring import Wiring
from shared.store.commands import CommandKey

CUT_OFF: Final = 18
"""The day of the month on which batches are sealed, in the afternoon."""

_SINCE: Final = date(2024, 4, 1)
_HOUR: Final = timedelta(hours=15)


def looks(plan: Plan) -> Iterator[datetime]:
    """Each cut-off since there has been leave."""
    for month in plan.months():
        instant = start_of_day(month.replace(day=CUT_OFF)) + _HOUR
        if month >= _SINCE and instant < plan.ends:
            yield instant


def prepare(wiring: Wiring, plan: Plan) -> None:
    """Nothing: what is sealed is decided by others."""
    del wiring, plan


def look(wiring: Wiring) -> None:
    """Seal every pay group that has open lines."""
    with wiring.reading() as connection:
        organisations = connection.execute(select(ledger_lines.c.organisation).distinct()).scalars().all()
        groups = [(name, group) for name in sorted(organisations) for group in pay_groups(connection, name)]
    day = wiring.clock.now().astimezone(LONDON).date()
    commands = [
        SealBatch(name, group.employer, group.pay_group, "", 0, "", "system") for name, group in groups if group.open
    ]
    for answer in wiring.application.execute_batch([(command, _key(command, day)) for command in commands]):
        if isinstance(answer, CarersError):
            raise answer


def _key(command: SealBatch, day: date) -> CommandKey:
    scope = f"{command.organisation}/{command.by}/SealBatch"
    return CommandKey(scope, f"world:{command.employer}:{command.pay_group}:{day}")
