"""The inbox: every event's effect once and in its stream's order, whatever the bus loses, repeats or muddles."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import func, select, text
from structlog.testing import capture_logs

from shared.bus.inbox import FeedPage
from shared.contracts import types
from shared.kernel.errors import NotFoundError, RefusedError, UnavailableError
from shared.runtime.wiring import Wiring
from shared.store.parking import dismiss, retry, show
from shared.store.received import PAUSES
from shared.store.rows import Rows
from shared.store.subscriptions import ToCommands
from shared.store.tables import bookmarks, received, undecoded
from tests.shared.bus.receiving import (
    HEAR,
    Poisoned,
    echo_places,
    heard_places,
    inbox_of,
    place_of,
    set_aside,
    states,
    subscribed,
)
from tests.shared.probe.commands import Count, Hear, NameTally
from tests.shared.probe.consumed import ECHO, hear, heard_of
from tests.shared.probe.published import COUNTED
from tests.shared.probe.source import Source
from tests.shared.probe.stopwatch import Stopwatch
from tests.shared.probe.stories import BY, count, fresh_key, open_tally, person, tally
from tests.shared.probe.substrates import Opened
from tests.support import PeerFeed

ANN, BEN, CAT = person(1), person(2), person(3)
UNHEARD_OF = "carers.probe.sung.v1"


@pytest.fixture
def source() -> Source:
    """What was published: Ann, Ben, something private, Ann, Ben."""
    source = Source()
    source.publish(ANN)
    source.publish(BEN)
    source.skip()
    source.publish(ANN)
    source.publish(BEN)
    return source


@pytest.fixture
def stopwatch(monkeypatch: pytest.MonkeyPatch) -> Stopwatch:
    """The time as the inbox sees it."""
    watch = Stopwatch()
    monkeypatch.setattr("shared.bus.inbox.time", watch)
    return watch


def test_messages_are_applied_and_the_bookmark_moves(probe: Wiring, source: Source) -> None:
    inbox = inbox_of(probe, source)

    assert inbox.receive([source.message(1, 2), source.message(4, 5)]) == 4

    assert heard_places(probe) == {ANN: [1, 4], BEN: [2, 5]}
    assert echo_places(probe, ANN) == [1, 4]
    assert place_of(probe) == ("epoch-1", 5)
    assert source.asked == 0, "a position that nobody was told of is no hole"


def test_a_message_that_comes_again_changes_nothing(probe: Wiring, source: Source) -> None:
    inbox = inbox_of(probe, source)
    inbox.receive([source.message()])

    assert inbox.receive([source.message(), source.message(2, 1), source.message(5)]) == 0
    assert inbox.receive([source.message(1, 1, 2, 2), source.message(2)]) == 0

    assert heard_places(probe) == {ANN: [1, 4], BEN: [2, 5]}
    assert echo_places(probe, BEN) == [2, 5]


def test_events_out_of_order_are_applied_in_order(probe: Wiring, source: Source) -> None:
    inbox_of(probe, source).receive([source.message(5, 4), source.message(2), source.message(1)])

    assert heard_places(probe) == {ANN: [1, 4], BEN: [2, 5]}
    assert source.asked == 0


def test_a_hole_is_pulled_from_the_feed(probe: Wiring, source: Source) -> None:
    inbox_of(probe, source).receive([source.message(5)])

    assert heard_places(probe) == {ANN: [1, 4], BEN: [2, 5]}
    assert place_of(probe) == ("epoch-1", 5)


def test_a_hole_in_the_middle_is_pulled_from_the_feed(probe: Wiring, source: Source) -> None:
    assert inbox_of(probe, source).receive([source.message(1), source.message(4, 5)]) == 4

    assert heard_places(probe) == {ANN: [1, 4], BEN: [2, 5]}


def test_a_hole_is_never_skipped_while_the_feed_is_away(probe: Wiring, source: Source) -> None:
    inbox = inbox_of(probe, source)
    source.away = True
    with pytest.raises(UnavailableError):
        inbox.receive([source.message(1), source.message(4, 5)])
    assert heard_places(probe) == {ANN: [1]}
    assert place_of(probe) == ("epoch-1", 1)

    source.away = False
    inbox.receive([source.message(4, 5)])

    assert heard_places(probe) == {ANN: [1, 4], BEN: [2, 5]}


def test_a_lost_tail_is_found_by_asking(probe: Wiring, source: Source) -> None:
    inbox = inbox_of(probe, source)
    inbox.receive([source.message(1, 2)])

    assert inbox.ask() == 2
    assert inbox.ask() == 0

    assert heard_places(probe) == {ANN: [1, 4], BEN: [2, 5]}


def test_a_tail_behind_many_private_positions_is_found_by_asking(probe: Wiring) -> None:
    """The real feed: a run of events that nobody is told of, longer than a page, hides nothing behind it."""
    open_tally(probe, ANN)
    inbox = inbox_of(probe, PeerFeed([probe]))
    assert inbox.ask() == 1
    for start in range(0, 1100, 100):
        probe.application.execute_batch(
            [(NameTally(ANN, str(number), BY), fresh_key()) for number in range(start, start + 100)]
        )
    last = count(probe, ANN).position

    inbox.ask()

    assert heard_places(probe) == {ANN: [1, last]}


def test_more_than_a_page_is_taken_whole(probe: Wiring) -> None:
    source = Source()
    for number in range(2300):
        source.publish(person(number % 7))
    subscription = subscribed(heard_of)

    assert inbox_of(probe, source, subscription).receive([source.message(*range(1, 1201))]) == 1200
    assert inbox_of(probe, source, subscription).ask() == 1100

    assert heard_places(probe) == {person(number): source.positions(person(number)) for number in range(7)}


def test_messages_of_other_sources_are_not_this_inboxs(probe: Wiring, source: Source) -> None:
    other = source.message(1).replace(b"/test/probe", b"/other/probe")

    assert inbox_of(probe, source).receive([other]) == 0
    assert states(probe) == {}


def test_an_effect_that_fails_for_one_person_is_tried_again_alone_and_parked_within_a_minute(
    probe: Wiring, source: Source, stopwatch: Stopwatch
) -> None:
    poison = Poisoned(persons={ANN})
    inbox = inbox_of(probe, source, subscribed(poison, HEAR))
    began = stopwatch.seconds
    inbox.receive([source.message()])

    assert heard_places(probe) == {BEN: [2, 5]}
    assert states(probe) == {1: "trying", 2: "applied", 4: "held", 5: "applied"}
    while states(probe)[1] == "trying":
        stopwatch.sleep(0.5)
        inbox.retry()
        assert stopwatch.seconds - began < 60

    assert poison.tries == [1] * 5
    assert len(PAUSES) + 1 == 5
    assert states(probe) == {1: "parked", 2: "applied", 4: "held", 5: "applied"}
    source.publish(ANN)
    source.publish(BEN)
    inbox.receive([source.message(6, 7)])
    assert states(probe)[6] == "held"
    assert heard_places(probe) == {BEN: [2, 5, 7]}
    stopwatch.sleep(3600)
    assert inbox.retry() == 0
    assert poison.tries == [1] * 5, "what is parked waits for somebody"


def test_the_pause_grows_from_try_to_try(probe: Wiring, source: Source, stopwatch: Stopwatch) -> None:
    poison = Poisoned(persons={ANN})
    inbox = inbox_of(probe, source, subscribed(poison))
    began = stopwatch.seconds
    inbox.receive([source.message()])
    tried = [0.0]
    while states(probe)[1] == "trying":
        stopwatch.sleep(0.25)
        before = len(poison.tries)
        inbox.retry()
        if len(poison.tries) > before:
            tried.append(stopwatch.seconds - began)

    assert [later - earlier for earlier, later in pairwise(tried)] == list(PAUSES)


def test_a_retry_after_the_cause_is_gone_applies_what_was_held_in_order(
    probe: Wiring, source: Source, stopwatch: Stopwatch
) -> None:
    poison = Poisoned(persons={ANN})
    inbox = inbox_of(probe, source, subscribed(poison, HEAR))
    _park(inbox, probe, source, stopwatch)
    source.publish(ANN)
    inbox.ask()
    poison.persons.clear()

    retry(probe.stores.read, f"{ECHO}:1")
    assert inbox.retry() == 3

    assert heard_places(probe) == {ANN: [1, 4, 6], BEN: [2, 5]}
    assert echo_places(probe, ANN) == [1, 4, 6]
    assert set(states(probe).values()) == {"applied"}
    assert set_aside(probe) == []


def test_what_mends_itself_is_applied_at_the_next_try(probe: Wiring, source: Source, stopwatch: Stopwatch) -> None:
    poison = Poisoned(persons={ANN})
    inbox = inbox_of(probe, source, subscribed(poison))
    inbox.receive([source.message()])
    poison.persons.clear()

    assert inbox.retry() == 0, "not before its time"
    stopwatch.sleep(PAUSES[0])
    assert inbox.retry() == 2

    assert heard_places(probe) == {ANN: [1, 4], BEN: [2, 5]}


def test_a_dismissal_releases_what_was_held(probe: Wiring, source: Source, stopwatch: Stopwatch) -> None:
    poison = Poisoned(places={1})
    inbox = inbox_of(probe, source, subscribed(poison, HEAR))
    _park(inbox, probe, source, stopwatch)
    with pytest.raises(NotFoundError):
        dismiss(probe.stores.read, f"{ECHO}:4", "it only waits")

    dismiss(probe.stores.read, f"{ECHO}:1", "entered twice by mistake")
    assert inbox.retry() == 1

    assert heard_places(probe) == {ANN: [4], BEN: [2, 5]}
    assert echo_places(probe, ANN) == [4]
    assert states(probe)[1] == "dismissed"


def test_a_second_failure_in_the_stream_holds_the_rest_again(
    probe: Wiring, source: Source, stopwatch: Stopwatch
) -> None:
    source.publish(ANN)
    poison = Poisoned(places={1, 4})
    inbox = inbox_of(probe, source, subscribed(poison))
    _park(inbox, probe, source, stopwatch)
    poison.places.remove(1)
    retry(probe.stores.read, f"{ECHO}:1")

    assert inbox.retry() == 1

    assert states(probe) == {1: "applied", 2: "applied", 4: "trying", 5: "applied", 6: "held"}


def test_one_that_fails_among_a_thousand_leaves_the_others(probe: Wiring) -> None:
    source = Source()
    for number in range(1000):
        source.publish(person(number))
    poison = Poisoned(persons={person(501)})

    inbox_of(probe, source, subscribed(poison)).receive([source.message()])

    assert len(heard_places(probe)) == 999
    assert [name for name, state in states(probe).items() if state != "applied"] == [502]


def test_commands_that_are_refused_park_their_event_and_hold_the_commands_behind_it(
    probe: Wiring, source: Source, stopwatch: Stopwatch
) -> None:
    """A later command of the person's is not done before the earlier one; other persons' are."""
    open_tally(probe, BEN)

    def to_count(event: dict[str, Any]) -> list[Count]:
        return [Count(event["subject"], event["position"], BY)]

    inbox = inbox_of(probe, source, subscribed(heard_of, ToCommands(to_count)))
    inbox.receive([source.message()])
    assert states(probe) == {1: "trying", 2: "applied", 4: "held", 5: "applied"}
    assert tally(probe, BEN).total == 7
    assert set_aside(probe)[0].error == "refused"

    open_tally(probe, ANN)
    inbox.retry()
    stopwatch.sleep(PAUSES[0])
    assert inbox.retry() == 2

    assert heard_places(probe) == {ANN: [1, 4], BEN: [2, 5]}
    assert tally(probe, ANN).total == 5
    assert tally(probe, BEN).total == 7


def test_a_command_that_can_be_done_is_not_done_before_an_earlier_one_of_its_person(
    probe: Wiring, source: Source
) -> None:
    class Sulking:
        """Refuses Ann's first until told otherwise."""

        def __init__(self) -> None:
            self.sulks = True

        def __call__(self, event: dict[str, Any]) -> list[Any]:
            if self.sulks and event["position"] == 1:
                return [Count(CAT, 1, BY)]
            return hear(event)

    sulking = Sulking()
    inbox = inbox_of(probe, source, subscribed(ToCommands(sulking)))

    inbox.receive([source.message()])

    assert echo_places(probe, ANN) == []
    assert echo_places(probe, BEN) == [2, 5]
    assert states(probe) == {1: "trying", 2: "applied", 4: "held", 5: "applied"}


def test_commands_happen_once_though_the_transaction_around_them_is_repeated(probe: Wiring, source: Source) -> None:
    """Killed between the commit of the commands and the commit of the rows, the whole batch comes again."""

    class Killed:
        """An effect at whose place the process ends, once."""

        def __init__(self) -> None:
            self.kills = 1

        def __call__(self, rows: Rows, events: Sequence[dict[str, Any]]) -> None:
            if self.kills:
                self.kills -= 1
                raise KeyboardInterrupt

    inbox = inbox_of(probe, source, subscribed(heard_of, HEAR, Killed()))
    with pytest.raises(KeyboardInterrupt):
        inbox.receive([source.message()])
    assert echo_places(probe, ANN) == [1, 4]
    assert heard_places(probe) == {}
    assert place_of(probe) == ("", 0)

    inbox.receive([source.message()])

    assert echo_places(probe, ANN) == [1, 4]
    assert echo_places(probe, BEN) == [2, 5]
    assert heard_places(probe) == {ANN: [1, 4], BEN: [2, 5]}


def test_the_databases_trouble_parks_nothing(probe: Wiring, source: Source) -> None:
    """While the database is away the batch waits whole: no event is to blame."""
    poison = Poisoned(persons={ANN}, error=UnavailableError("The records cannot be reached just now."))
    inbox = inbox_of(probe, source, subscribed(poison))
    with pytest.raises(UnavailableError):
        inbox.receive([source.message()])
    assert states(probe) == {}

    poison.persons.clear()
    inbox.receive([source.message()])

    assert heard_places(probe) == {ANN: [1, 4], BEN: [2, 5]}


def test_a_mistake_in_an_effects_statement_parks_its_event_on_every_database(probe: Wiring, source: Source) -> None:
    """SQLite calls a missing table an operational error; it must not stop everybody's events for ever."""

    def mistaken(rows: Rows, events: Sequence[dict[str, Any]]) -> None:
        if any(event["subject"] == ANN for event in events):
            rows.connection.execute(text("SELECT * FROM no_such_table"))
        heard_of(rows, events)

    inbox_of(probe, source, subscribed(mistaken)).receive([source.message()])

    assert heard_places(probe) == {BEN: [2, 5]}
    assert states(probe)[1] == "trying"


def test_an_undecodable_message_is_kept_whole_and_the_others_go_on(probe: Wiring, source: Source) -> None:
    inbox = inbox_of(probe, source)

    inbox.receive([b"\x00\xffnot a batch", source.message()])

    assert heard_places(probe) == {ANN: [1, 4], BEN: [2, 5]}
    [item] = set_aside(probe)
    assert (item.state, item.type, item.position) == ("parked", "", 0)
    assert show(probe.stores.read, item.name)["bytes"] == b"\x00\xffnot a batch".hex()
    with probe.reading() as connection:
        assert connection.execute(select(func.count()).select_from(undecoded)).scalar() == 1
    dismiss(probe.stores.read, item.name, "a test message of the operator's")
    assert set_aside(probe) == []


def test_an_unknown_type_is_kept_and_applied_once_this_program_knows_it(probe: Wiring, source: Source) -> None:
    source.publish(ANN, type=UNHEARD_OF)
    inbox = inbox_of(probe, source)
    inbox.receive([source.message()])
    assert states(probe)[6] == "unknown"
    assert heard_places(probe)[ANN] == [1, 4]
    assert inbox.welcome_known() == 0

    upgraded = inbox_of(probe, source, subscribed(heard_of, to=(COUNTED, UNHEARD_OF)))
    assert upgraded.welcome_known() == 1
    assert upgraded.retry() == 1

    assert heard_places(probe)[ANN] == [1, 4, 6]
    assert set(states(probe).values()) == {"applied"}


def test_an_earlier_event_that_becomes_known_does_not_stir_one_that_is_parked(
    probe: Wiring, stopwatch: Stopwatch
) -> None:
    source = Source()
    source.publish(ANN, type=UNHEARD_OF)
    parked = source.publish(ANN)
    poison = Poisoned(places={parked})
    inbox = inbox_of(probe, source, subscribed(poison))
    inbox.receive([source.message()])
    while states(probe)[parked] == "trying":
        stopwatch.sleep(0.5)
        inbox.retry()
    tried = len(poison.tries)

    upgraded = inbox_of(probe, source, subscribed(poison, to=(COUNTED, UNHEARD_OF)))
    assert upgraded.welcome_known() == 1
    assert upgraded.retry() == 1

    assert states(probe) == {1: "applied", parked: "parked"}
    assert len(poison.tries) == tried, "what is parked waits for somebody"


def test_an_unknown_type_holds_nobody_up(probe: Wiring) -> None:
    source = Source()
    source.publish(ANN, type=UNHEARD_OF)
    source.publish(ANN)

    inbox_of(probe, source).receive([source.message()])

    assert states(probe) == {1: "unknown", 2: "applied"}


def test_a_known_type_that_this_service_has_no_use_for_is_simply_passed(probe: Wiring) -> None:
    source = Source()
    source.publish(ANN, type=types.LEAVE_TAKEN)

    inbox_of(probe, source).receive([source.message()])

    assert states(probe) == {1: "applied"}
    assert heard_places(probe) == {}


@pytest.mark.parametrize("position", [1, 5])
def test_the_same_position_with_other_bytes_raises_an_alarm(probe: Wiring, source: Source, position: int) -> None:
    inbox = inbox_of(probe, source)
    inbox.receive([source.message()])
    with capture_logs() as logs:
        inbox.receive([source.message()])
    assert logs == []

    with capture_logs() as logs:
        inbox.receive([source.forge(position, 1000)])

    assert [(line["event"], line["log_level"], line["position"]) for line in logs] == [
        ("event-contradicted", "error", position)
    ]
    assert heard_places(probe) == {ANN: [1, 4], BEN: [2, 5]}


def test_a_contradiction_inside_one_delivery_raises_an_alarm(probe: Wiring, source: Source) -> None:
    with capture_logs() as logs:
        inbox_of(probe, source).receive([source.message(), source.forge(4, 1000)])

    assert [line["event"] for line in logs] == ["event-contradicted"]
    assert heard_places(probe) == {ANN: [1, 4], BEN: [2, 5]}


def test_a_contradiction_among_many_repeats_raises_an_alarm(probe: Wiring) -> None:
    source = Source()
    for number in range(700):
        source.publish(person(number))
    inbox = inbox_of(probe, source, subscribed(heard_of))
    inbox.receive([source.message()])

    with capture_logs() as logs:
        inbox.receive([source.message(*range(1, 700)), source.forge(700, 5)])

    assert [line["position"] for line in logs] == [700]


def test_a_new_epoch_withdraws_what_the_source_lost_and_rebuilds(probe: Wiring, source: Source) -> None:
    inbox = inbox_of(probe, source)
    inbox.receive([source.message()])
    source.restore(2)
    source.skip()
    source.publish(CAT)

    inbox.receive([source.message(4)])

    assert heard_places(probe) == {ANN: [1], BEN: [2], CAT: [4]}
    assert place_of(probe) == ("epoch-2", 4)
    with probe.reading() as connection:
        kept = connection.execute(
            select(received.c.epoch, received.c.position, received.c.state).order_by(
                received.c.epoch, received.c.position
            )
        ).all()
    assert [tuple(row) for row in kept] == [
        ("epoch-1", 1, "applied"),
        ("epoch-1", 2, "applied"),
        ("epoch-1", 4, "exception"),
        ("epoch-1", 5, "exception"),
        ("epoch-2", 4, "applied"),
    ]


def test_a_new_epoch_that_lost_nothing_received_goes_on(probe: Wiring, source: Source) -> None:
    inbox = inbox_of(probe, source)
    inbox.receive([source.message(1, 2)])
    source.restore(5)
    source.publish(CAT)

    inbox.ask()

    assert heard_places(probe) == {ANN: [1, 4], BEN: [2, 5], CAT: [6]}
    assert place_of(probe) == ("epoch-2", 6)


def test_a_new_epoch_is_noticed_by_asking_alone(probe: Wiring, source: Source) -> None:
    inbox = inbox_of(probe, source)
    inbox.receive([source.message()])
    source.restore(2)

    inbox.ask()

    assert heard_places(probe) == {ANN: [1], BEN: [2]}
    assert place_of(probe) == ("epoch-2", 2)


def test_messages_of_the_old_epoch_that_come_late_are_not_applied(probe: Wiring, source: Source) -> None:
    late = source.message()
    inbox = inbox_of(probe, source)
    inbox.receive([source.message(1, 2)])
    source.restore(2)
    source.publish(CAT)
    inbox.ask()

    assert inbox.receive([late]) == 0

    assert heard_places(probe) == {ANN: [1], BEN: [2], CAT: [3]}


def test_a_new_subscriber_that_finds_two_epochs_in_its_queue_asks_for_the_truth(probe: Wiring, source: Source) -> None:
    old = source.message()
    source.restore(2)
    for _ in range(5):
        source.publish(CAT)

    inbox_of(probe, source).receive([old, source.message(6, 7)])

    assert heard_places(probe) == {ANN: [1], BEN: [2], CAT: [3, 4, 5, 6, 7]}
    assert place_of(probe) == ("epoch-2", 7)


def test_a_kill_in_the_middle_of_a_new_epoch_begins_it_again(probe: Wiring, source: Source) -> None:
    inbox_of(probe, source).receive([source.message()])
    source.restore(2)
    source.publish(CAT)

    def killed() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        inbox_of(probe, source, refold=killed).ask()

    inbox_of(probe, source).ask()

    assert heard_places(probe) == {ANN: [1], BEN: [2], CAT: [3]}
    assert place_of(probe) == ("epoch-2", 3)


def test_what_is_parked_and_lost_by_the_source_is_withdrawn_too(
    probe: Wiring, source: Source, stopwatch: Stopwatch
) -> None:
    poison = Poisoned(places={4})
    inbox = inbox_of(probe, source, subscribed(poison))
    inbox.receive([source.message()])
    source.restore(2)

    inbox.ask()

    assert set_aside(probe) == []
    assert heard_places(probe) == {ANN: [1], BEN: [2]}


def test_two_workers_that_take_the_same_events_apply_them_once(open_probe: Opened) -> None:
    """On a scaled deployment every worker asks the feed, whichever of them has the queue."""
    source = Source()
    for number in range(400):
        source.publish(person(number % 5))
    probes = [open_probe() for _ in range(4)]
    inboxes = [inbox_of(probe, source, subscribed(heard_of)) for probe in probes]

    def take(number: int) -> None:
        for start in range(1, 401, 20):
            with suppress(UnavailableError):  # another one took them: they come again
                inboxes[number].receive([source.message(*range(start, start + 20))])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(take, range(4)))
    inboxes[0].ask()

    assert heard_places(probes[0]) == {person(number): source.positions(person(number)) for number in range(5)}


def test_two_workers_that_retry_the_same_event_apply_it_once(open_probe: Opened, source: Source) -> None:
    probes = [open_probe() for _ in range(4)]
    poison = Poisoned(persons={ANN})
    inboxes = [inbox_of(probe, source, subscribed(poison)) for probe in probes]
    inboxes[0].receive([source.message()])
    retry(probes[0].stores.read, f"{ECHO}:1")
    poison.persons.clear()

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda inbox: inbox.retry(), inboxes))

    assert sum(done) == 2
    assert heard_places(probes[0]) == {ANN: [1, 4], BEN: [2, 5]}


def test_asking_never_moves_the_bookmark_back(probe: Wiring, open_probe: Opened, source: Source) -> None:
    """Between a worker's question and its note of the answer another worker has gone on."""
    other = inbox_of(open_probe(), source)
    inbox_of(probe, source).receive([source.message()])

    class Slow:
        """A feed that has nothing new, and answers late."""

        def page(self, service: str, subscription: str, after: int, limit: int) -> FeedPage:
            answer = source.page(service, subscription, after, limit)
            source.publish(CAT)
            other.receive([source.message(6)])
            return answer

    inbox_of(probe, Slow()).ask()

    assert place_of(probe) == ("epoch-1", 6)
    assert inbox_of(probe, source).receive([source.message(6)]) == 0
    assert heard_places(probe)[CAT] == [6]


def test_figures_tell_what_is_set_aside(probe: Wiring, source: Source, stopwatch: Stopwatch) -> None:
    source.publish(CAT, type=UNHEARD_OF)
    inbox = inbox_of(probe, source, subscribed(Poisoned(persons={ANN})))
    _park(inbox, probe, source, stopwatch)
    inbox.receive([b"{"])

    [figure] = probe.figures()

    assert (figure.subscription, figure.source, figure.position) == (ECHO, Source.name, 6)
    assert (figure.parked, figure.held, figure.unknown) == (2, 1, 1)


def test_what_is_set_aside_can_be_looked_at(probe: Wiring, source: Source, stopwatch: Stopwatch) -> None:
    inbox = inbox_of(probe, source, subscribed(Poisoned(persons={ANN}, error=RefusedError("no", code="too-late"))))
    _park(inbox, probe, source, stopwatch)

    first, second = set_aside(probe)
    shown = show(probe.stores.read, f"{ECHO}:1")

    assert (first.name, first.state, first.attempts, first.error) == (f"{ECHO}:1", "parked", 5, "too-late")
    assert (second.name, second.state, second.attempts) == (f"{ECHO}:4", "held", 0)
    assert shown["event"]["subject"] == ANN
    assert (shown["state"], shown["attempts"], shown["type"]) == ("parked", 5, COUNTED)


def test_a_hear_is_one_command_a_place(probe: Wiring) -> None:
    event = {"subject": ANN, "organisation": "acas", "epoch": "e", "position": 3}
    assert hear(event) == [Hear(ANN, "acas", "e:3")]


def _park(inbox: Any, probe: Wiring, source: Source, stopwatch: Stopwatch) -> None:
    """Receive all, and let what fails fail until it is parked."""
    inbox.receive([source.message()])
    while "trying" in states(probe).values():
        stopwatch.sleep(31)
        inbox.retry()


def test_a_source_that_stays_silent_is_noted_every_quarter_of_a_minute(
    probe: Wiring, source: Source, stopwatch: Stopwatch
) -> None:
    def noted() -> float:
        with probe.reading() as connection:
            return connection.execute(select(bookmarks.c.moved).where(bookmarks.c.position == 5)).scalar_one()

    inbox = inbox_of(probe, source)
    inbox.ask()
    first = noted()
    stopwatch.seconds += 10
    inbox.ask()
    assert noted() == first
    stopwatch.seconds += 6
    inbox.ask()
    assert noted() == first + 16
