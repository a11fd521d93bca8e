"""Persons' keys: made once, kept in memory for half a minute at most, destroyed for ever."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import select, update

from shared.kernel.errors import ErasedError, SettingsError
from shared.runtime.settings import Settings
from shared.runtime.wiring import Wiring
from shared.store.keys import FileCustody
from shared.store.tables import person_keys
from tests.shared.probe.stopwatch import Stopwatch
from tests.shared.probe.stories import person
from tests.shared.probe.substrates import Opened

ANN, BEN = person(1), person(2)


@pytest.fixture
def stopwatch(monkeypatch: pytest.MonkeyPatch) -> Stopwatch:
    """The time as the keys see it."""
    watch = Stopwatch()
    monkeypatch.setattr("shared.store.keys.time", watch)
    return watch


def test_a_text_is_read_with_its_persons_key_only(probe: Wiring) -> None:
    probe.keys.create(ANN, BEN)
    sealed = probe.keys.seal(ANN, "private", "note")

    assert "private" not in sealed
    assert probe.keys.open(ANN, sealed, "note") == "private"
    with pytest.raises(ErasedError) as refused:
        probe.keys.open(BEN, sealed, "note")
    assert refused.value.code_ == "sealed-text-altered"


def test_a_sealed_text_is_bound_to_its_field(probe: Wiring) -> None:
    probe.keys.create(ANN)
    sealed = probe.keys.seal(ANN, "private", "note")

    with pytest.raises(ErasedError):
        probe.keys.open(ANN, sealed, "reason")


def test_the_same_text_is_sealed_differently_each_time(probe: Wiring) -> None:
    probe.keys.create(ANN)

    assert probe.keys.seal(ANN, "private", "note") != probe.keys.seal(ANN, "private", "note")


def test_nothing_opens_as_nothing(probe: Wiring) -> None:
    assert probe.keys.open(ANN, None, "note") is None


def test_a_person_without_a_key_can_have_nothing_sealed(probe: Wiring) -> None:
    with pytest.raises(ErasedError):
        probe.keys.seal(ANN, "private", "note")


def test_a_key_is_made_once(probe: Wiring, open_probe: Opened) -> None:
    probe.keys.create(ANN)
    sealed = probe.keys.seal(ANN, "private", "note")

    open_probe().keys.create(ANN, BEN)

    assert open_probe().keys.open(ANN, sealed, "note") == "private"


def test_an_erased_person_never_gets_a_key_again(probe: Wiring, open_probe: Opened) -> None:
    probe.keys.create(ANN)
    sealed = probe.keys.seal(ANN, "private", "note")
    probe.keys.destroy(ANN)

    for keys in (probe.keys, open_probe().keys):
        with pytest.raises(ErasedError):
            keys.create(ANN)
        assert keys.open(ANN, sealed, "note") is None
        with pytest.raises(ErasedError):
            keys.seal(ANN, "more", "note")


def test_a_person_can_be_erased_before_a_key_was_made(probe: Wiring) -> None:
    probe.keys.destroy(ANN)

    with pytest.raises(ErasedError):
        probe.keys.create(ANN)
    with pytest.raises(ErasedError):
        probe.keys.seal(ANN, "private", "note")


def test_a_key_is_kept_in_memory_for_thirty_seconds_at_most(
    probe: Wiring, open_probe: Opened, stopwatch: Stopwatch
) -> None:
    """Another process erased: what this one kept works for half a minute, and no longer."""
    probe.keys.create(ANN)
    sealed = probe.keys.seal(ANN, "private", "note")
    open_probe().keys.destroy(ANN)

    stopwatch.seconds += 29
    assert probe.keys.open(ANN, sealed, "note") == "private"
    stopwatch.seconds += 1.5
    assert probe.keys.open(ANN, sealed, "note") is None


def test_keys_read_together_are_kept_no_longer(probe: Wiring, open_probe: Opened, stopwatch: Stopwatch) -> None:
    persons = [person(number) for number in range(1200)]
    probe.keys.create(*persons)
    sealed = probe.keys.seal(persons[-1], "private", "note")
    other = open_probe()
    other.keys.preload(*persons, ANN, "nobody")
    probe.keys.destroy(persons[-1])

    assert other.keys.open(persons[-1], sealed, "note") == "private"
    stopwatch.seconds += 30.5
    assert other.keys.open(persons[-1], sealed, "note") is None


def test_nobody_who_was_erased_is_read_together_with_others(probe: Wiring, open_probe: Opened) -> None:
    probe.keys.create(ANN)
    sealed = probe.keys.seal(ANN, "private", "note")
    probe.keys.destroy(ANN)
    other = open_probe()

    other.keys.preload(ANN)

    assert other.keys.open(ANN, sealed, "note") is None


def test_a_destroyed_key_is_in_no_file_of_ours(probe: Wiring, settings: Settings) -> None:
    probe.keys.create(ANN, BEN)
    with probe.keys.database.reading() as connection:
        wrapped = bytes(connection.execute(select(person_keys.c.wrapped).filter_by(person=ANN)).scalar_one())
    if not settings.database:
        assert _files_with(settings.var, wrapped), "the search finds what is there"

    probe.keys.destroy(ANN)

    assert _files_with(settings.var, wrapped) == []


def test_a_key_that_was_moved_to_another_person_does_not_open(probe: Wiring, open_probe: Opened) -> None:
    """Wrapped keys are bound to their persons: a row that was copied is noticed, and nothing is read with it."""
    probe.keys.create(ANN, BEN)
    sealed = probe.keys.seal(ANN, "private", "note")
    with probe.keys.database.writing() as connection:
        wrapped = connection.execute(select(person_keys.c.wrapped).filter_by(person=ANN)).scalar_one()
        connection.execute(update(person_keys).where(person_keys.c.person == BEN).values(wrapped=wrapped))

    with pytest.raises((ErasedError, InvalidTag)):
        open_probe().keys.open(BEN, sealed, "note")


def test_the_custody_file_can_be_read_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "probe.custody"

    FileCustody.create(path)
    first = path.read_bytes()
    FileCustody.create(path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes() == first
    assert len(first) == 32


def test_a_missing_or_short_custody_file_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="carers migrate"):
        FileCustody(tmp_path / "absent")
    (tmp_path / "short").write_bytes(b"x" * 31)
    with pytest.raises(SettingsError, match="32 bytes"):
        FileCustody(tmp_path / "short")


def _files_with(folder: Path, content: bytes) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file() and content in path.read_bytes()]
