"""What workforce takes from others: nothing. It is where the facts about people begin."""

from __future__ import annotations

from shared.store.subscriptions import Subscription

CONSUMED: tuple[Subscription, ...] = ()
