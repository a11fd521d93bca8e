"""Sending what the clock makes due: each item's command once, under a key of the item's own."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from shared.kernel.errors import CarersError, ConflictError, UnavailableError
from shared.runtime.telemetry import log
from shared.store.application import CommandApplication
from shared.store.commands import CommandKey

_BATCH: Final = 50
"""Commands in one transaction."""


@dataclass(frozen=True)
class DueItem:
    """A command that is due. ``key``: ``due:<kind>:…``, the same whenever it is sent in the organisation."""

    organisation: str
    key: str
    command: object

    @property
    def kind(self) -> str:
        """What is due, for the log of the process."""
        return self.key.split(":")[1]

    @property
    def command_key(self) -> CommandKey:
        """The key under which the command happens once."""
        return CommandKey(f"{self.organisation}/clock/{type(self.command).__name__}", self.key)


@dataclass(frozen=True)
class Sent:
    """What came of commands: how many had an effect, and whether any must be sent again."""

    done: int = 0
    troubled: bool = False


def send(application: CommandApplication, items: Sequence[DueItem]) -> Sent:
    """Send every item's command, a batch at a time; the worker's loop has its turn after each. Refusals are logged."""
    done, troubled = 0, False
    for start in range(0, len(items), _BATCH):
        batch = items[start : start + _BATCH]
        answers = application.execute_batch([(item.command, item.command_key) for item in batch])
        for item, answer in zip(batch, answers, strict=True):
            if isinstance(answer, CarersError):
                log.warning("due-refused", kind=item.kind, error=answer.code_)
                troubled = troubled or isinstance(answer, ConflictError | UnavailableError)
            else:
                done += bool(answer.position and not answer.repeated)
        time.sleep(0)
    return Sent(done, troubled)
