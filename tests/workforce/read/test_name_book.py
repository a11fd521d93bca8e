"""People are found by their names, which stand nowhere in clear."""

from __future__ import annotations

import time

import pytest

from services.workforce.domain.commands import ForgetPerson
from services.workforce.read.name_book import KEPT_SECONDS, NameBook, words_of
from tests.workforce.conftest import PARKS, WORKS, Desk


@pytest.fixture
def book(desk: Desk) -> NameBook:
    return NameBook(desk.wiring.keys)


def called(desk: Desk, book: NameBook, text: str, organisation: str = WORKS) -> list[str]:
    desk.show()
    with desk.wiring.reading() as connection:
        return book.called(connection, organisation, text)


def test_each_word_is_the_beginning_of_a_word_of_the_name(desk: Desk, book: NameBook) -> None:
    ada, _ = desk.hire("Ada Łucja O’Brien-Sándor", "0001")
    bo, _ = desk.hire("Bo Sandford", "0002")
    assert called(desk, book, "sand") == [ada, bo]
    for text in ("ADA", "obrien", "o'brien", "sándor ad", "obr", "łuc"):
        assert called(desk, book, text) == [ada]
    for text in ("rien", "ada bo", "", "  ", "-"):
        assert called(desk, book, text) == []


def test_only_people_of_the_organisation_are_found(desk: Desk, book: NameBook) -> None:
    desk.hire("Ada Sample", "0001")
    assert called(desk, book, "ada", PARKS) == []


def test_a_name_that_is_new_or_gone_is_known_at_once(desk: Desk, book: NameBook) -> None:
    ada, _ = desk.hire("Ada Sample", "0001")
    assert called(desk, book, "sample") == [ada]
    bo, _ = desk.hire("Bo Sample", "0002")
    assert called(desk, book, "sample") == [ada, bo]
    desk.send(ForgetPerson(ada, "operator"))
    assert called(desk, book, "sample") == [bo]
    assert called(desk, book, "erased") == []


def test_what_nobody_asks_for_is_dropped(desk: Desk, book: NameBook, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.hire("Ada Sample", "0001")
    called(desk, book, "ada")
    assert set(book._known) == {WORKS}
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + KEPT_SECONDS + 1)
    called(desk, book, "ada", PARKS)
    assert set(book._known) == {PARKS}


def test_no_key_is_read_twice_where_there_are_more_people_than_keys_are_kept(
    desk: Desk, book: NameBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = {desk.hire(f"Ada Sample {number}", f"{number:04}")[0] for number in range(9)}
    monkeypatch.setattr("shared.store.keys._MOST_KEPT", 4)
    monkeypatch.setattr("services.workforce.read.names._PAGE", 3)
    opened: list[str] = []
    unwrapped = desk.wiring.keys._unwrapped
    monkeypatch.setattr(
        desk.wiring.keys, "_unwrapped", lambda person, key: (opened.append(person), unwrapped(person, key))[1]
    )
    desk.wiring.keys._kept.clear()
    assert set(called(desk, book, "ada")) == people
    assert sorted(opened) == sorted(people)


def test_names_are_compared_without_accents_and_signs() -> None:
    assert words_of("  O’Brien-Łuć, Dr. ") == ("obrien", "łuc", "dr")
