"""Consents: who may read what, on which day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.passport.domain.consents import MANAGER as AS_MANAGER
from services.passport.domain.consents import NAMED, Consent, readable
from services.passport.domain.sections import SECTIONS
from shared.kernel.errors import CarersError, ErasedError, InvalidError, NotFoundError, RefusedError
from tests.passport.builders import BEGUN, act, consent, shared
from tests.passport.rig import CARER, COLLEAGUE, HR, MANAGER, WORKS

READERS = (MANAGER, COLLEAGUE, HR)
days = st.dates(date(2026, 1, 1), date(2026, 1, 20))
sections = st.lists(st.sampled_from(SECTIONS), min_size=1, unique=True).map(tuple)
consents = st.builds(
    Consent,
    st.uuids().map(str),
    st.sampled_from(READERS),
    st.sampled_from((AS_MANAGER, NAMED)),
    sections,
    st.just("x"),
    days,
    st.none() | days,
)


@given(st.lists(consents, max_size=6), st.sampled_from(READERS), days, st.sets(st.sampled_from(READERS)))
def test_a_section_is_open_exactly_where_a_consent_lets_this_person_in_on_this_day(
    given_: list[Consent], reader: str, day: date, managers: set[str]
) -> None:
    open_sections = readable(given_, reader, day, managers)
    for section in SECTIONS:
        by_hand = False
        for each in given_:
            inside = each.starts <= day and not (each.ends and day > each.ends)
            stands = each.capacity == NAMED or each.reader in managers
            by_hand |= each.reader == reader and section in each.sections and inside and stands
        assert (section in open_sections) == by_hand


@given(st.lists(consents, max_size=6), consents, st.sampled_from(READERS), days, st.sets(st.sampled_from(READERS)))
def test_one_consent_more_never_closes_anything_and_opens_only_its_own_sections(
    before: list[Consent], more: Consent, reader: str, day: date, managers: set[str]
) -> None:
    had, has = readable(before, reader, day, managers), readable([*before, more], reader, day, managers)
    assert had <= has <= had | set(more.sections)
    if more.reader != reader:
        assert has == had


@given(st.lists(consents, max_size=6), days)
def test_who_is_no_manager_any_more_reads_nothing_as_the_manager(some: list[Consent], day: date) -> None:
    as_manager = [replace(each, capacity=AS_MANAGER) for each in some]
    for reader in READERS:
        assert readable(as_manager, reader, day, ()) == frozenset()


def test_both_ends_of_a_consent_are_inside() -> None:
    one = consent(starts=date(2026, 3, 5), ends=date(2026, 3, 7))
    inside = [one.holds_on(date(2026, 3, day)) for day in range(4, 9)]
    assert inside == [False, True, True, True, False]
    assert consent(starts=BEGUN).holds_on(BEGUN + timedelta(days=5000))


def refused(code: str, kind: type[CarersError], do: Callable[[], None]) -> None:
    with pytest.raises(kind) as refusal:
        do()
    assert refusal.value.code_ == code


@pytest.mark.parametrize(
    ("one", "code", "kind"),
    [
        (consent(CARER), "share-with-oneself", RefusedError),
        (consent(sections=()), "no-sections", InvalidError),
        (consent(sections=("diagnosis",)), "no-such-section", InvalidError),
        (consent(purpose=""), "purpose-missing", InvalidError),
        (consent(purpose="x" * 201), "too-long", InvalidError),
        (consent(ends=BEGUN - timedelta(days=1)), "ends-before-it-starts", InvalidError),
        (consent(starts=date(2026, 1, 1), ends=date(2026, 3, 1)), "over-already", InvalidError),
    ],
)
def test_a_consent_that_opens_nothing_to_anybody_is_refused(one: Consent, code: str, kind: type[CarersError]) -> None:
    sharing = shared()
    refused(code, kind, lambda: sharing.consent(one, WORKS, act()))
    assert sharing.consents == {}


def test_a_withdrawn_consent_opens_nothing_and_others_stand() -> None:
    sharing = shared()
    sharing.consent(consent(id="a", sections=("contact", "impact")), WORKS, act())
    sharing.consent(consent(id="b", sections=("impact",)), WORKS, act())
    sharing.withdraw("a", WORKS, act())
    assert sharing.readable_by(COLLEAGUE, BEGUN, ()) == {"impact"}
    refused("not-found", NotFoundError, lambda: sharing.withdraw("a", WORKS, act()))


def test_everything_closes_together_once() -> None:
    sharing = shared()
    sharing.consent(consent(id="a"), WORKS, act())
    sharing.close(WORKS, act())
    sharing.close(WORKS, act())
    assert [type(event).__name__ for event in sharing.pending_events] == ["Opened", "Consented", "Closed"]
    assert sharing.readable_by(COLLEAGUE, BEGUN, ()) == frozenset()


@pytest.mark.parametrize("by", [MANAGER, COLLEAGUE, HR])
def test_nobody_but_the_carer_consents_or_withdraws(by: str) -> None:
    sharing = shared()
    sharing.consent(consent(id="a"), WORKS, act())
    for do in (
        lambda: sharing.consent(consent(by, id="b"), WORKS, act(by)),
        lambda: sharing.withdraw("a", WORKS, act(by)),
        lambda: sharing.close(WORKS, act(by)),
    ):
        refused("only-the-carer", RefusedError, do)


def test_an_erased_persons_consents_open_nothing_and_take_nothing() -> None:
    sharing = shared()
    sharing.consent(consent(id="a"), WORKS, act())
    sharing.forget(WORKS, act("system"))
    sharing.forget(WORKS, act("system"))
    assert sharing.readable_by(COLLEAGUE, BEGUN, ()) == frozenset()
    refused("erased", ErasedError, lambda: sharing.consent(consent(id="b"), WORKS, act()))
