"""Whatever is repeated, reordered, lost, fails for a while or is killed half-way: the same rows in the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from shared.bus.effects import Effects
from shared.kernel.errors import UnavailableError
from shared.runtime.wiring import Wiring
from shared.store.commands import CommandKey
from shared.store.parking import retry
from shared.store.rebuild import Sources, rebuild
from shared.store.rows import Rows
from shared.store.tables import command_keys, events, head, received_metadata
from tests.shared.bus.receiving import HEAR, Poisoned, echo_places, inbox_of, set_aside, states, subscribed
from tests.shared.probe.read.tables import heard
from tests.shared.probe.source import Source
from tests.shared.probe.stopwatch import Stopwatch
from tests.shared.probe.stories import person

PERSONS = 3


@dataclass
class Dying:
    """An effect at whose place the process is killed when told to, after the commands before it were stored."""

    told: bool = False

    def __call__(self, rows: Rows, events: Sequence[dict[str, Any]]) -> None:
        """Die."""
        if self.told:
            self.told = False
            raise KeyboardInterrupt


@dataclass(frozen=True)
class Step:
    """One thing that happens: a delivery of messages, a question, a retry, a minute that passes."""

    what: str
    messages: tuple[tuple[int, ...], ...] = ()
    dies: bool = False
    feed_is_away: bool = False


@dataclass(frozen=True)
class Story:
    """What was published about whom (None: nothing that others are told of), and what happened then."""

    published: tuple[int | None, ...]
    steps: tuple[Step, ...]
    poison: frozenset[int] = field(default_factory=frozenset)


MESSAGES = st.lists(st.lists(st.integers(0, 19), min_size=1, max_size=6).map(tuple), min_size=1, max_size=4).map(tuple)
STEPS = st.one_of(
    st.builds(Step, st.just("receive"), MESSAGES, st.booleans(), st.booleans()),
    st.builds(Step, st.just("receive"), MESSAGES),
    st.builds(Step, st.sampled_from(["ask", "retry", "minute"])),
)
STORIES = st.builds(
    Story,
    st.lists(st.sampled_from([0, 1, 2, None]), min_size=1, max_size=16).map(tuple),
    st.lists(STEPS, max_size=6).map(tuple),
    st.frozensets(st.integers(1, 16), max_size=2),
)
QUICK: dict[str, Any] = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}


@pytest.fixture(autouse=True)
def stopwatch(monkeypatch: pytest.MonkeyPatch) -> Stopwatch:
    """The time as the inbox sees it."""
    watch = Stopwatch()
    monkeypatch.setattr("shared.bus.inbox.time", watch)
    return watch


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
@examples(max_examples=220, **QUICK)
@given(story=STORIES)
def test_every_event_is_applied_once_in_its_streams_order(probe: Wiring, stopwatch: Stopwatch, story: Story) -> None:
    _live(probe, stopwatch, story)


@pytest.mark.postgres
@pytest.mark.parametrize("settings", ["postgres"], indirect=True)
@examples(max_examples=50, **QUICK)
@given(story=STORIES)
def test_every_event_is_applied_once_in_its_streams_order_on_postgresql_too(
    probe: Wiring, stopwatch: Stopwatch, story: Story
) -> None:
    _live(probe, stopwatch, story)


def _skips_holes(planted: pytest.MonkeyPatch) -> None:
    def whatever_is_new(events: Sequence[Any], position: int) -> list[Any]:
        return [event for event in events if event["position"] > position]

    planted.setattr("shared.bus.inbox._contiguous", whatever_is_new)


def _holds_nothing(planted: pytest.MonkeyPatch) -> None:
    planted.setattr("shared.bus.effects.blocked_streams", lambda *_: set())


def _forgets_keys(planted: pytest.MonkeyPatch) -> None:
    planted.setattr("shared.store.subscriptions.CommandKey", lambda scope, _key: CommandKey(scope, str(uuid4())))


def _sends_commands_in_any_order(planted: pytest.MonkeyPatch) -> None:
    def apply_run(inbox: Any, connection: Any, run: Sequence[Any], blocked: set[str]) -> Any:
        return honest(inbox, connection, list(reversed(run)), blocked)

    honest = Effects._apply_run
    planted.setattr(Effects, "_apply_run", apply_run)


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("bug", "story"),
    [
        (_skips_holes, Story((0, 1, 0), (Step("receive", ((0,), (2,))),))),
        (_holds_nothing, Story((0, 0, 0), (Step("receive", ((0,),)), Step("receive", ((1, 2),))), frozenset({1}))),
        (_forgets_keys, Story((0,), (Step("receive", ((0,),), dies=True),))),
        (_sends_commands_in_any_order, Story((0, 0), (Step("ask"),))),
    ],
)
def test_the_same_harness_finds_planted_bugs(
    probe: Wiring,
    stopwatch: Stopwatch,
    monkeypatch: pytest.MonkeyPatch,
    bug: Callable[[pytest.MonkeyPatch], None],
    story: Story,
) -> None:
    _live(probe, stopwatch, story)
    bug(monkeypatch)

    with pytest.raises(AssertionError):
        _live(probe, stopwatch, story)


def _live(probe: Wiring, stopwatch: Stopwatch, story: Story) -> None:
    """Let the story happen, then put right what is wrong, and look at what there is."""
    _forget_everything(probe)
    source = Source()
    for who in story.published:
        if who is None:
            source.skip()
        else:
            source.publish(person(who), amount=source.head + 1)
    poison, dying = Poisoned(places=set(story.poison)), Dying()
    subscription = subscribed(poison, HEAR, dying)
    inbox = inbox_of(probe, source, subscription)
    for step in story.steps:
        with suppress(UnavailableError, KeyboardInterrupt):
            _do(step, inbox, source, dying, stopwatch)

    poison.places.clear()
    dying.told = source.away = False
    inbox.ask()
    for item in set_aside(probe):
        if item.state == "parked":
            retry(probe.stores.read, item.name)
    while "held" in states(probe).values() or "trying" in states(probe).values():
        stopwatch.sleep(60)
        inbox.retry()

    expected = {person(who): source.positions(person(who)) for who in range(PERSONS)}
    assert _rows(probe) == {
        who: (sum(places), "".join(f"{place} " for place in places)) for who, places in expected.items() if places
    }
    assert {who: echo_places(probe, who) for who in expected} == expected
    assert set(states(probe).values()) <= {"applied"}
    if len(story.published) % 3:
        return  # a rebuild costs as much as all the rest
    sources = Sources("probe", probe.own, probe.projection, (subscription,))
    assert rebuild(probe.stores, probe.models, sources, probe.application.history).differing == ()


def _do(step: Step, inbox: Any, source: Source, dying: Dying, stopwatch: Stopwatch) -> None:
    places = source.positions()
    source.away = step.feed_is_away
    dying.told = step.dies
    if step.what == "receive" and places:
        inbox.receive([source.message(*(places[number % len(places)] for number in held)) for held in step.messages])
    elif step.what == "ask":
        inbox.ask()
    else:
        stopwatch.sleep(60 if step.what == "minute" else 2)
        inbox.retry()


def _rows(probe: Wiring) -> dict[str, tuple[int, str]]:
    with probe.reading() as connection:
        return {row.person: (row.total, row.places) for row in connection.execute(select(heard))}


def _forget_everything(probe: Wiring) -> None:
    """Each example begins with empty stores."""
    with probe.stores.read.writing() as connection:
        for table in received_metadata.tables.values():
            if table.name != "read_models":
                connection.execute(delete(table))
        connection.execute(delete(heard))
    with probe.stores.log.database.writing() as connection:
        connection.execute(delete(events))
        connection.execute(delete(command_keys))
        connection.execute(update(head).values(position=0))
