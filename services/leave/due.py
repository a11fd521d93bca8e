"""What the clock makes due: lapse of undecided late notices, confirmation by silence, days taken – in that order.

The timer decides nothing: it sends one command for each item, under a key that is the item's own, and the account
answers a repeated or overtaken one with no event.
"""

from __future__ import annotations

from services.leave.read.due_items import days_to_take, notices_to_confirm, notices_to_lapse
from shared.kernel.clock import today
from shared.runtime.due import send
from shared.runtime.wiring import Wiring


def send_due(wiring: Wiring) -> int:
    """Send every command that is due now; answers how many had an effect."""
    with wiring.reading() as connection:
        now, day = wiring.clock.now(), today(wiring.clock)
        items = [
            *notices_to_lapse(connection, now),
            *notices_to_confirm(connection, day),
            *days_to_take(connection, now),
        ]
    return send(wiring.application, items).done
