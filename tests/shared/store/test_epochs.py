"""Which epoch an event was recorded in, and what of an earlier epoch a restored log still has."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import pytest

from shared.store.epochs import Epochs


def test_a_position_belongs_to_the_epoch_that_recorded_it() -> None:
    epochs = Epochs((("a", 0), ("b", 5), ("c", 9)))

    assert [epochs.of(position) for position in (1, 5, 6, 9, 10)] == ["a", "a", "b", "b", "c"]
    assert (epochs.current, epochs.after_position) == ("c", 9)


def test_an_earlier_epoch_holds_up_to_where_the_next_began() -> None:
    epochs = Epochs((("a", 0), ("b", 5)))

    assert epochs.holds("a", 5)
    assert not epochs.holds("a", 6)
    assert epochs.holds("b", 10**12)
    assert epochs.last_of("a") == 5


def test_of_an_epoch_that_the_log_does_not_know_nothing_is_said_to_stand() -> None:
    epochs = Epochs((("a", 0), ("c", 5)))

    assert epochs.last_of("b") is None
    assert not epochs.holds("b", 1)


def test_an_epoch_in_which_nothing_was_recorded_has_nothing() -> None:
    epochs = Epochs((("a", 0), ("b", 5), ("c", 5)))

    assert epochs.of(6) == "c"
    assert not epochs.holds("b", 6)


def test_as_text_and_back() -> None:
    epochs = Epochs((("a", 0), ("b", 5)))

    assert str(epochs) == "a=0 b=5"
    assert Epochs.parse(str(epochs)) == epochs
    for text in ("", "a", "a=", "a=x"):
        with pytest.raises(ValueError, match=r"epoch|invalid"):
            Epochs.parse(text)


@dataclass
class ModelLog:
    """A log as a list of identities, which can be copied and put back."""

    epochs: Epochs = field(default_factory=lambda: Epochs((("0", 0),)))
    events: list[tuple[str, int]] = field(default_factory=list)

    def append(self) -> None:
        """Record one more."""
        self.events.append((self.epochs.current, len(self.events) + 1))

    def copy(self) -> ModelLog:
        """A backup."""
        return ModelLog(self.epochs, list(self.events))

    def begin(self, epoch: str) -> None:
        """After a restore."""
        self.epochs = Epochs((*self.epochs.began, (epoch, len(self.events))))


@pytest.mark.parametrize("seed", range(50))
def test_what_is_said_to_stand_is_what_the_log_has_whichever_backups_it_was_restored_from(seed: int) -> None:
    rng = random.Random(seed)
    log, backups, ever = ModelLog(), [ModelLog()], set()
    for number in range(1, 60):
        step = rng.choice(["append", "append", "append", "back up", "restore"])
        if step == "append":
            log.append()
            ever.add(log.events[-1])
        elif step == "back up":
            backups.append(log.copy())
        else:
            log = rng.choice(backups).copy()
            log.begin(str(number))
        assert [(log.epochs.of(position), position) for position in range(1, len(log.events) + 1)] == log.events
        assert {identity for identity in ever if log.epochs.holds(*identity)} == set(log.events)
