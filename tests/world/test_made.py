"""A small world: the same whether gathered or not, true to its times, and with nothing left to do at its end."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from services.reporting.read.on_hold import on_hold
from services.reporting.read.released_progress import all_progress
from services.reporting.world import LATE, STOPPED
from shared.demonstration.behind import END, plan_line, run
from shared.demonstration.defaults import defaults_of
from shared.demonstration.people import Cast
from shared.kernel.clock import FixedClock
from shared.kernel.errors import ConflictError, UnavailableError
from shared.runtime.service import installed
from shared.runtime.settings import Settings
from shared.runtime.wiring import wire, wire_all
from shared.store.application import CommandApplication
from shared.store.leases import Lease
from shared.store.received import in_states
from shared.store.tables import received
from tests.world.compare import Return, different, never_returned, parse_returns
from tests.world.holds import holds_of, is_held
from tests.world.making import ENDS, SMALL, made
from tests.world.oracle import SOURCES, Oracle

pytestmark = pytest.mark.timeout(300)

_SEALED = re.compile(r"sealed1:[A-Za-z0-9+/=]+")
_FIRST_RIGHT = datetime(2024, 4, 6, tzinfo=UTC)


class Made:
    """A world that was made, opened for looking at the instant at which the newcomer arrives."""

    def __init__(self, folder: Path) -> None:
        self.settings, self.cast = made(folder)
        self.wirings = wire_all(installed(), self.settings, FixedClock(ENDS))

    def published(self, name: str) -> list[dict[str, Any]]:
        """Everything that a service has published."""
        outbox = self.wirings[name].outbox
        return [json.loads(each.body) for each in outbox.page(0, 1_000_000).events]


def _same_identifiers(patch: pytest.MonkeyPatch) -> None:
    """Let identifiers be the same each time that a world is made: the order of some acts is that of identifiers."""
    chance = Random(1)
    patch.setattr("shared.kernel.ids.uuid4", lambda: UUID(int=chance.getrandbits(128), version=4))


def _one_by_one(application: CommandApplication, items: Sequence[Any], *, whole: bool = False) -> list[Any]:
    """A batch without a batch: each command is stored before the next is decided."""
    return application._one_by_one(items, whole)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    with pytest.MonkeyPatch.context() as patch:
        _same_identifiers(patch)
        found = Made(tmp_path_factory.mktemp("world"))
    yield found
    for wiring in found.wirings.values():
        wiring.close()


def _told(settings: Settings, name: str) -> list[str]:
    """A service's log as text, sealed text left out."""
    wiring = wire(installed()[name], settings, FixedClock(ENDS))
    lines = []
    for each in wiring.stores.log.read_after(0, 1_000_000):
        text = f"{each.originator_id.hex} {each.originator_version} {each.topic} {each.state.decode()}"
        lines.append(_SEALED.sub("sealed", text))
    wiring.close()
    return lines


def test_gathered_is_the_same_as_one_by_one(world: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _same_identifiers(monkeypatch)
    monkeypatch.setattr(CommandApplication, "execute_batch", _one_by_one)
    alone, _ = made(tmp_path, gather=False)
    for name in SOURCES:
        gathered, stored = _told(world.settings, name), _told(alone, name)
        assert len(gathered) > 50, name
        assert gathered == stored, name


def test_times_are_true_and_in_order(world: Made) -> None:
    begins = datetime.combine(SMALL.begins, datetime.min.time(), tzinfo=UTC)
    for name in (*SOURCES, "payroll", "reporting"):
        times = [datetime.fromisoformat(event["time"]) for event in world.published(name)]
        assert times == sorted(times), name
        assert begins <= times[0] < begins + timedelta(days=40 if name in ("workforce", "accreditation") else 900), name
        assert times[-1] <= ENDS, name
    assert min(datetime.fromisoformat(event["time"]) for event in world.published("leave")) >= _FIRST_RIGHT


def test_everything_that_happens_to_people_happens(world: Made) -> None:
    types = Counter(event["type"] for name in (*SOURCES, "payroll", "reporting") for event in world.published(name))
    seen = {name.split(".", 1)[1].removesuffix(".v1") for name in types}
    wanted = {
        "workforce.employment-recorded", "workforce.employment-changed", "workforce.employment-ended",
        "leave.requested", "leave.confirmed", "leave.taken", "leave.withdrawn",
        "passport.agreed", "accreditation.training-assigned", "accreditation.training-completed",
        "accreditation.provision-recorded", "accreditation.awarded", "accreditation.area-assessed",
        "payroll.batch-sealed", "reporting.progress-reported",
    }  # fmt: skip
    assert wanted <= seen


def test_every_return_is_what_the_events_known_then_say(world: Made) -> None:
    oracle = Oracle(event for source in SOURCES for event in world.published(source))
    returns = parse_returns(world.published("reporting"))
    assert len(returns) > 1000
    chosen = {body.slug for body in world.cast.bodies[::12]} | {body.slug for body in world.cast.living}
    sample = [each for each in returns if each.organisation in chosen]
    assert list(different(sample, oracle, lambda done, of: None)) == []
    assert list(never_returned(returns, oracle)) == []


def test_returns_are_made_between_a_quarter_and_its_release(world: Made) -> None:
    made_on: dict[str, date] = {}
    for event in world.published("reporting"):
        made_on.setdefault(event["data"]["month"], datetime.fromisoformat(event["time"]).date())
    for month, day in made_on.items():
        if date.fromisoformat(f"{month}-01") < date(2026, 10, 1):
            assert (day + timedelta(days=1)).day == 1 or day == ENDS.date(), month
            assert day.month in (1, 4, 7, 10), month


def _completed(returns: Sequence[Return], organisation: str) -> dict[str, date]:
    """By month the day on which an organisation's return was first made complete."""
    own = [each for each in returns if each.organisation == organisation and each.complete]
    return {each.month: each.as_known.date() for each in reversed(own)}


def test_one_organisation_reports_a_quarter_late_and_one_has_stopped(world: Made) -> None:
    returns = parse_returns(world.published("reporting"))
    autumn, winter = ["2025-10", "2025-11", "2025-12"], ["2026-01", "2026-02", "2026-03"]
    january, april = date(2026, 1, 31), date(2026, 4, 30)
    in_time = dict.fromkeys(autumn, january) | dict.fromkeys(winter, april)
    late, stopped, other = (_completed(returns, each) for each in (LATE, STOPPED, "cabinet-office"))
    assert {month: other[month] for month in in_time} == in_time
    assert {month: late[month] for month in in_time} == dict.fromkeys(in_time, april)
    assert late.keys() == other.keys()
    assert stopped == {month: day for month, day in other.items() if month <= autumn[-1]}
    assert max(each.as_known.date() for each in returns if each.organisation == STOPPED) == january
    with world.wirings["reporting"].reading() as connection:
        held = [(each.organisation, each.since, each.reason) for each in on_hold(connection).values()]
    assert held == [(STOPPED, april, "records-moving")]
    spans = holds_of(world.wirings["reporting"])
    assert [len(spans[each]) for each in (LATE, STOPPED)] == [1, 1]
    for day, late_is, stopped_is in ((january, True, False), (april, False, True), (ENDS.date(), False, True)):
        after = datetime.combine(day, time(), tzinfo=UTC) + timedelta(days=1)
        assert (is_held(spans, LATE, after), is_held(spans, STOPPED, after)) == (late_is, stopped_is)


def test_at_the_end_no_timer_has_anything_to_do(world: Made) -> None:
    for name, wiring in world.wirings.items():
        if wiring.due is not None:
            head = wiring.stores.log.head()
            assert [wiring.due(wiring) for _ in range(4)] == [0, 0, 0, 0], name
            assert wiring.stores.log.head() == head, name


def test_at_the_end_everybody_has_everything_and_the_relays_stand_at_their_heads(world: Made) -> None:
    for name, wiring in world.wirings.items():
        assert wiring.health().caught_up, name
        with wiring.stores.read.reading() as connection:
            other = in_states("trying", "held", "parked", "unknown", "exception")
            assert connection.execute(select(func.count()).select_from(received).where(other)).scalar_one() == 0, name
        lease = Lease(wiring.stores.log.database, name)
        place = lease.hold()
        assert place is not None
        assert place.position == wiring.stores.log.head()[1], name
        assert place.previous == wiring.outbox.published_head(), name
        lease.release()


def test_no_headcount_is_shown_as_nothing(world: Made) -> None:
    with world.wirings["reporting"].reading() as connection:
        shown = all_progress(connection, "2026-10", ENDS.date())
    assert len(shown) > 100
    assert min(int(each["headcount"].text) for each in shown) >= 5


def test_passports_take_weeks_to_agree_and_answers_are_not_all_given_at_once(world: Made) -> None:
    agreed = [
        each["data"]["days_from_draft"] for each in world.published("passport") if "passport.agreed" in each["type"]
    ]
    assert agreed
    assert min(agreed) >= 5
    by_managers = [
        (date.fromisoformat(each["data"]["confirmed_on"]) - date.fromisoformat(each["data"]["given_on"])).days
        for each in world.published("leave")
        if each["type"].startswith("carers.leave.confirmed.") and each["data"]["confirmed_by"] == "manager"
    ]
    assert len(set(by_managers)) > 2


def test_defaults_are_people_who_are_there(world: Made) -> None:
    found = defaults_of(world.cast, ENDS.date())
    assert {each.role for each in found} == {"carer", "manager", "hr", "payroll", "statistics", "operator"}
    employed = {member.person for body in world.cast.bodies for member in body.there_on(ENDS.date())}
    assert {each.person for each in found} <= employed
    assert "" not in employed


def test_another_seed_is_another_story_and_the_same_seed_the_same(world: Made) -> None:
    cast_of = installed()["workforce"].part("world").cast_of

    def names(cast: Cast) -> list[str]:
        return [member.name for body in cast.bodies for member in body.members()]

    assert names(cast_of(SMALL)) == names(world.cast)
    assert names(cast_of(replace(SMALL, seed=7))) != names(world.cast)


def test_a_world_is_made_in_empty_logs_alone(world: Made) -> None:
    with pytest.raises(ConflictError):
        made(world.settings.var)


def test_the_second_half_ends_where_the_first_broke_off(tmp_path: Path) -> None:
    settings, _ = made(tmp_path, replace(SMALL, organisations=1, years=1, scale=0.02))
    with pytest.raises((UnavailableError, ConflictError)):
        run([plan_line(SMALL)], settings)
    assert END
