"""The centre's table: order and repetition do not matter."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.reporting.consumed import CENTRE
from services.reporting.domain.catalogue import figures_json
from services.reporting.domain.figures import Figures, Flow
from services.reporting.read.exact_returns import all_returns
from services.reporting.read.released_progress import all_progress
from services.reporting.read.tables import centre_returns
from tests.reporting.domain.flows import flow
from tests.reporting.read.test_fact_effects import apply, content, parts, read_side

BEGAN = datetime(2026, 11, 20, tzinfo=UTC)


def reported(position: int, organisation: str, revision: int, month: Flow, *, complete: bool = False) -> dict[str, Any]:
    return {
        "type": "carers.reporting.progress-reported.v1",
        "source": "/test/reporting",
        "epoch": "epoch",
        "position": position,
        "organisation": organisation,
        "data": {
            "month": "2026-11",
            "definition": 1,
            "revision": revision,
            "as_known": (BEGAN + timedelta(hours=position)).isoformat(),
            "complete": complete,
            "figures": figures_json(Figures(month, Flow())),
            "positions": {"leave": ["epoch-l", position], "workforce": ["epoch-w", 9]},
        },
    }


HISTORY = [
    reported(2, "ministry-of-works", 1, flow(people=11)),
    reported(3, "rivers-agency", 1, flow(people=21)),
    reported(5, "ministry-of-works", 2, flow(people=12), complete=True),
    reported(6, "ministry-of-works", 3, flow(people=30), complete=True),
    reported(9, "rivers-agency", 2, flow(people=22), complete=True),
]


@settings(deadline=None, max_examples=60)
@given(st.permutations(HISTORY), st.lists(st.sampled_from(HISTORY), max_size=8), st.data())
def test_any_order_with_repeats_gives_the_same_table_and_the_same_answers(
    order: list[Any], repeats: list[Any], data: st.DataObject
) -> None:
    with read_side() as straight, read_side() as shuffled:
        apply(straight, CENTRE, HISTORY)
        mixed = data.draw(st.permutations([*order, *repeats]))
        for part in parts(mixed, data.draw(st.lists(st.integers(0, 100), max_size=3))):
            apply(shuffled, CENTRE, part)
        assert content(straight, centre_returns) == content(shuffled, centre_returns)
        assert all_returns(straight, "2026-11") == all_returns(shuffled, "2026-11")
        for today in (date(2027, 1, 1), date(2027, 2, 1)):
            assert all_progress(straight, "2026-11", today) == all_progress(shuffled, "2026-11", today)


def test_the_highest_revision_is_shown_as_revised_where_one_was_complete_on_an_earlier_day() -> None:
    later = reported(30, "ministry-of-works", 4, flow(people=30), complete=True)
    with read_side() as connection:
        apply(connection, CENTRE, [*HISTORY, later])
        found = {
            statement.returned.organisation: statement.returned for statement in all_returns(connection, "2026-11")
        }
    assert (found["ministry-of-works"].figures.month.people, found["ministry-of-works"].revised) == (30, True)
    assert (found["rivers-agency"].figures.month.people, found["rivers-agency"].revised) == (22, False)


def test_a_release_keeps_the_revision_known_before_its_day() -> None:
    late = reported(99999, "rivers-agency", 3, flow(people=300, headcount=4000), complete=True)
    with read_side() as connection:
        apply(connection, CENTRE, [*HISTORY, late])
        before, released = (all_progress(connection, "2026-11", day) for day in (date(2027, 1, 31), date(2027, 2, 1)))
    assert [str(row["people"]) for row in before] == ["[c] [p]", "[c] [p]"]
    assert [str(row["people"]) for row in released] == ["30", "20 [r]"]
