"""What the clock makes due: lapse of undecided late notices, confirmation by silence, days taken – in that order.

The timer decides nothing: it sends one command for each item, under a key that is the item's own, and the account
answers a repeated or overtaken one with no event.
"""

from __future__ import annotations

from typing import Final

from services.leave.read.due_items import DueItem, days_to_take, notices_to_confirm, notices_to_lapse
from shared.kernel.clock import today
from shared.kernel.errors import CarersError
from shared.runtime.telemetry import log
from shared.runtime.wiring import Wiring
from shared.store.application import CommandKey

_BATCH: Final = 50


def send_due(wiring: Wiring) -> int:
    """Send every command that is due now; answers how many had an effect."""
    with wiring.reading() as connection:
        now, day = wiring.clock.now(), today(wiring.clock)
        items = [
            *notices_to_lapse(connection, now),
            *notices_to_confirm(connection, day),
            *days_to_take(connection, now),
        ]
    return sum(_send(wiring, items[start : start + _BATCH]) for start in range(0, len(items), _BATCH))


def _send(wiring: Wiring, items: list[DueItem]) -> int:
    done = 0
    answers = wiring.application.execute_batch([(item.command, key_of(item)) for item in items])
    for item, answer in zip(items, answers, strict=True):
        if isinstance(answer, CarersError):
            log.warning("due-refused", kind=item.kind, error=answer.code_)
        else:
            done += bool(answer.position and not answer.repeated)
    return done


def key_of(item: DueItem) -> CommandKey:
    """The key under which an item's command is sent, whenever it is."""
    scope = f"{item.organisation}/clock/{type(item.command).__name__}"
    return CommandKey(scope, f"due:{item.kind}:{item.command.notice}:{item.on}")
