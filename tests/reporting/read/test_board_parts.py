"""The exact board against the slow way: every revision in a list, looked through for each figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from statistics import median
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine

from services.reporting.consumed import CENTRE
from services.reporting.domain.catalogue import EVERY, figures_json
from services.reporting.domain.durations import Durations, SpannedDurations, durations
from services.reporting.domain.figures import Figures, Flow
from services.reporting.domain.notices import ANSWERS, POSTPONEMENTS, Answers, Share, Spanned
from services.reporting.domain.passports import DRAFTS
from services.reporting.domain.provisions_and_awards import AWARDS_HELD, CHAMPIONS, POLICIES
from services.reporting.domain.standing_shown import standing_of
from services.reporting.read.board_parts import reported_parts, reported_series
from services.reporting.read.released_progress import all_progress
from services.reporting.read.released_standing import standing_series
from services.reporting.read.reported_months import all_months, first_months, missing
from services.reporting.read.tables import metadata
from services.reporting.web.board_rows import Board, BoardCell, exact_board, released_board
from shared.kernel.clock import LONDON
from shared.kernel.periods import add_months
from tests.reporting.domain.flows import measured
from tests.reporting.read.test_fact_effects import apply, read_side
from tests.system.substrate import Databases, need_postgres

MONTHS = ("2026-10", "2026-11", "2026-12")
ORGANISATIONS = ("forestry", "ministry-of-works", "rivers-agency", "roads-agency")
GROUPS = {"ministry-of-works": "Works", "rivers-agency": "Works", "roads-agency": "Roads"}
BEGAN = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)
"""Half past eleven in the evening in London."""


@dataclass(frozen=True)
class Said:
    """One revision as drawn, in plain numbers."""

    organisation: str
    month: str
    revision: int
    as_known: datetime
    complete: bool
    people: int
    headcount: int
    days: Fraction
    policy: bool
    champion: bool
    awarded: bool
    notices: tuple[int, int]
    old: bool
    took: tuple[int, ...] = ()


@st.composite
def histories(draw: st.DrawFn) -> list[Said]:
    """Some revisions of some returns, minutes, hours or days apart, in the order in which they were computed."""
    found = []
    for organisation in ORGANISATIONS:
        for month in MONTHS:
            known = BEGAN
            for revision in range(1, draw(st.integers(0, 3)) + 1):
                known += draw(st.sampled_from([timedelta(minutes=20), timedelta(hours=7), timedelta(days=40)]))
                counted = draw(st.integers(0, 9))
                found.append(
                    Said(
                        organisation=organisation,
                        month=month,
                        revision=revision,
                        as_known=known,
                        complete=draw(st.booleans()),
                        people=draw(st.integers(0, 12)),
                        headcount=draw(st.integers(0, 90)),
                        days=Fraction(draw(st.integers(0, 40)), draw(st.sampled_from([1, 2, 7]))),
                        policy=draw(st.booleans()),
                        champion=draw(st.booleans()),
                        awarded=draw(st.booleans()),
                        notices=(draw(st.integers(0, counted)), counted),
                        old=draw(st.integers(0, 4)) == 0,
                        took=tuple(draw(st.lists(st.sampled_from([0, 1, 2, 9, 60, 61, 90]), max_size=4))),
                    )
                )
    return found


def event_of(position: int, said: Said) -> dict[str, Any]:
    flow = Flow(headcount=Fraction(said.headcount), fte=Fraction(said.headcount, 2), people=said.people, days=said.days)
    share = Share(said.notices[0], said.notices[1])
    found = {
        POSTPONEMENTS: Spanned(share, Share()),
        POLICIES: said.policy,
        CHAMPIONS: said.champion,
        AWARDS_HELD: (("carer-confident", "active"),) if said.awarded else (),
        DRAFTS: _spans([*said.took, *said.took[:1]]),
        ANSWERS: Answers(_spans(said.took), 2, 2),
    }
    told = said.as_known if position % 2 else said.as_known.astimezone(LONDON)
    return {
        "type": "carers.reporting.progress-reported.v1",
        "source": "/test/reporting",
        "epoch": "epoch",
        "position": position,
        "organisation": said.organisation,
        "data": {
            "month": said.month,
            "definition": 1 if said.old else 2,
            "revision": said.revision,
            "as_known": told.isoformat(),
            "complete": said.complete,
            "figures": figures_json(Figures(flow, Flow(), {} if said.old else measured(found))),
            "positions": {"leave": ["epoch-l", position]},
        },
    }


def _spans(took: Sequence[int]) -> SpannedDurations:
    return SpannedDurations(durations(("somebody", days) for days in took), Durations())


def median_words(members: list[Said], *, first_twice: bool) -> str:
    """The median of all that the members' things took, the slow way."""
    new = [each for each in members if not each.old]
    if not new:
        return "[x]"
    took = sorted(min(days, 61) for each in new for days in (*each.took, *each.took[: int(first_twice)]))
    if not took:
        return "[z]"
    return f"{float(median(took)):g}{'+' if took[len(took) // 2] == 61 else ''}"


def standing(found: list[Said], month: str, before: datetime | None) -> dict[str, tuple[Said, tuple[str, ...]]]:
    """By organisation the revision that counts, and its markers."""
    held = {}
    for organisation in ORGANISATIONS:
        known = [
            each
            for each in found
            if (each.organisation, each.month) == (organisation, month) and (before is None or each.as_known < before)
        ]
        if known:
            last = known[-1]
            complete = [each for each in known if each.complete]
            revised = bool(complete) and london_day(last) > london_day(complete[0])
            markers = (("[r]",) if revised else ()) + (() if last.complete else ("[p]",))
            held[organisation] = last, markers
    return held


def london_day(said: Said) -> date:
    return said.as_known.astimezone(LONDON).date()


def added(members: list[Said]) -> dict[str, tuple[Fraction | int, Fraction | int] | None]:
    """Numerator and denominator of the indicators that are drawn."""
    new = [each for each in members if not each.old]
    return {
        "10": (sum(each.people for each in members), sum(each.headcount for each in members)),
        "11": (sum(each.days for each in members), Fraction(sum(each.headcount for each in members), 2)),
        "13": (sum(each.notices[0] for each in new), sum(each.notices[1] for each in new)) if new else None,
        "17": (sum(each.policy for each in new), len(new)) if new else None,
        "17h": (sum(each.headcount for each in new if each.policy), sum(each.headcount for each in new))
        if new
        else None,
        "18": (sum(each.awarded for each in new), len(new)) if new else None,
        "24": (sum(each.champion for each in new), len(new)) if new else None,
    }


def told(cell: BoardCell) -> tuple[Fraction, Fraction] | None:
    return (cell.rate.numerator, cell.rate.denominator) if cell.rate else None


def absent_of(found: list[Said], month: str, before: datetime | None) -> list[str]:
    known = [each for each in found if before is None or each.as_known < before]
    here = {each.organisation for each in known if each.month == month}
    return sorted({each.organisation for each in known if each.month < month} - here)


def check(connection: Connection, found: list[Said], order: list[int], before: datetime | None) -> None:
    """The board as it stands and as it was known, put beside the slow way."""
    events = [event_of(number + 1, said) for number, said in enumerate(found)]
    apply(connection, CENTRE, [events[number] for number in order])
    assert all_months(connection) == sorted({each.month for each in found}, reverse=True)
    assert first_months(connection) == {
        each.organisation: min(other.month for other in found if other.organisation == each.organisation)
        for each in found
    }
    for month in MONTHS:
        held, absent = standing(found, month, before), missing(connection, month, before)
        assert absent == absent_of(found, month, before)
        reported = reported_parts(connection, month, before)
        assert {each.organisation: each.markers for each in reported} == {name: held[name][1] for name in held}
        check_sums(exact_board(reported, absent, {}, GROUPS), held, absent)
    series = reported_series(connection, MONTHS, ["rivers-agency", "roads-agency"])
    for month in MONTHS:
        every = reported_parts(connection, month)
        assert series[month] == [each for each in every if each.organisation in ("rivers-agency", "roads-agency")]


def check_sums(board: Board, held: dict[str, tuple[Said, tuple[str, ...]]], absent: list[str]) -> None:
    every = [*held, *absent]
    rows = {row.name: row for row in board.groups} | ({"all": board.everybody} if board.everybody else {})
    members = {
        name: [each for each in every if name in ("all", GROUPS.get(each))] for name in ("Works", "Roads", "all")
    }
    assert rows.keys() == {name for name in members if members[name]} - ({"all"} if len(every) < 2 else set())
    for name, row in rows.items():
        inside = [held[each] for each in members[name] if each in held]
        assert row.returns == f"{len(inside)} of {len(members[name])}"
        cells = added([said for said, _ in inside])
        for number, parts in cells.items():
            wanted = parts if inside and parts and (parts[1] or number in ("10", "11", "13", "17h")) else None
            assert told(row.cells[number]) == wanted, (name, number)
        for number in ("7", "16"):
            wanted_words = median_words([said for said, _ in inside], first_twice=number == "7")
            assert row.cells[number].text == wanted_words, (name, number)
        provisional = len(inside) < len(members[name]) or any("[p]" in markers for _, markers in inside)
        revised = any("[r]" in markers for _, markers in inside)
        assert row.markers == (("[r]",) if revised else ()) + (("[p]",) if provisional else ())


STORIES = histories().flatmap(
    lambda found: st.tuples(
        st.just(found), st.permutations(range(len(found))), st.none() | st.sampled_from([BEGAN, *_instants(found)])
    )
)
QUICK: dict[str, Any] = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}


def _instants(found: list[Said]) -> Iterator[datetime]:
    for said in found:
        yield said.as_known
        yield said.as_known + timedelta(microseconds=1)


@settings(max_examples=60, **QUICK)
@given(story=STORIES)
def test_groups_coverage_and_what_was_known_agree_with_looking_through_every_revision(story: Any) -> None:
    with read_side() as connection:
        check(connection, *story)


@pytest.fixture(scope="module")
def postgres() -> Iterator[Any]:
    """An engine on a database with reporting's tables."""
    need_postgres()
    databases = Databases()
    try:
        databases.create(["reporting"])
        engine = create_engine(databases.template.replace("{service}", "reporting"))
        metadata.create_all(engine)
        yield engine
        engine.dispose()
    finally:
        databases.drop()


@contextmanager
def undone(engine: Any) -> Iterator[Connection]:
    with engine.connect() as connection, connection.begin() as transaction:
        yield connection
        transaction.rollback()


@pytest.mark.postgres
@settings(max_examples=25, **QUICK)
@given(story=STORIES)
def test_on_postgresql_too(postgres: Any, story: Any) -> None:
    with undone(postgres) as connection:
        check(connection, *story)


@settings(max_examples=60, **QUICK)
@given(found=histories())
def test_what_is_released_of_groups_counts_departments_and_rounded_headcounts_alone(found: list[Said]) -> None:
    with read_side() as connection:
        apply(connection, CENTRE, [event_of(number + 1, said) for number, said in enumerate(found)])
        shown = all_progress(connection, "2026-11", date(2027, 3, 1))
    board = released_board(shown, [], {}, GROUPS)
    for row in board.groups:
        inside = [each for each in shown if GROUPS.get(each.organisation) == row.name and each["policy"].text != "[x]"]
        rounded = [(int(each["headcount"].text), each["policy"].text == "yes") for each in inside]
        covered, every = sum(count for count, has in rounded if has), sum(count for count, _ in rounded)
        assert row.cells["17h"].text == share_words(covered, every)
        have = sum(each["policy"].text == "yes" for each in inside)
        assert row.cells["17"].text == (f"{have} of {len(inside)}" if inside else "[z]")
        shown_of = EVERY
        sensitive = {row.cells[each.number].text for each in shown_of if not each.organisation and each.number != "17h"}
        assert sensitive == {"[c]"}


@settings(max_examples=60, **QUICK)
@given(found=histories(), ahead=st.integers(0, 12))
def test_what_organisations_have_is_the_same_by_years_of_returns_as_by_each_release(
    found: list[Said], ahead: int
) -> None:
    day = add_months(date(2026, 11, 1), ahead)
    with read_side() as connection:
        apply(connection, CENTRE, [event_of(number + 1, said) for number, said in enumerate(found)])
        series = standing_series(connection, MONTHS, day)
        some = standing_series(connection, MONTHS, day, ORGANISATIONS[:2])
        shown = {month: [standing_of(each) for each in all_progress(connection, month, day)] for month in MONTHS}
    assert series == shown
    for month in MONTHS:
        assert some[month] == [each for each in shown[month] if each.organisation in ORGANISATIONS[:2]]


def share_words(covered: int, every: int) -> str:
    if not every:
        return "[z]"
    return f"{int(Fraction(100 * covered, every) + Fraction(1, 2))}%" if every >= 30 else "[c]"


def test_a_share_of_headcount_is_never_a_mean_of_shares() -> None:
    small = Said("rivers-agency", "2026-11", 1, BEGAN, True, 0, 10, Fraction(0), True, True, False, (0, 0), False)
    large = replace(small, organisation="ministry-of-works", headcount=90, policy=False)
    with read_side() as connection:
        apply(connection, CENTRE, [event_of(1, small), event_of(2, large)])
        board = exact_board(reported_parts(connection, "2026-11"), [], {}, GROUPS)
    assert [row.cells["17h"].text for row in board.groups] == ["10.0%"]
    assert [row.cells["17"].text for row in board.groups] == ["1 of 2"]
