"""The second door worked out anew: by hand, and beside reporting's on random figures."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.reporting.domain.catalogue import figures_json
from services.reporting.domain.durations import Durations, SpannedDurations, durations
from services.reporting.domain.facts import Training
from services.reporting.domain.figures import Figures, Flow
from services.reporting.domain.notices import ANSWERS, POSTPONEMENTS, WAIVERS, Answers, Share, Spanned
from services.reporting.domain.passports import DRAFTS, HELD, Passports
from services.reporting.domain.provisions_and_awards import AWARDS_HELD, CHAMPIONS, POLICIES
from services.reporting.domain.released import SENSITIVE_CELLS
from services.reporting.domain.released import released as really_released
from services.reporting.domain.returned import Returned
from services.reporting.domain.training import STAFF_TRAINED
from tests.reporting.domain.flows import flows, measured
from tests.world.oracle import Oracle
from tests.world.release import cells, midnight, released, settled
from tests.world.telling import WORKS, Telling

COUNTS = st.one_of(st.integers(0, 25), st.integers(0, 400))


@st.composite
def shares(draw: st.DrawFn) -> Share:
    numerator, rest = draw(COUNTS), draw(COUNTS)
    people, others = draw(st.integers(0, numerator)), draw(st.integers(0, rest))
    largest, largest_other = draw(st.integers(0, numerator)), draw(st.integers(0, rest))
    return Share(numerator, numerator + rest, people, others, largest, largest_other)


@st.composite
def took(draw: st.DrawFn) -> Durations:
    people = [f"p{number}" for number in range(draw(st.integers(0, 25)))]
    each = st.tuples(st.sampled_from(people or ["p"]), st.integers(0, 70))
    return durations([*((person, draw(st.integers(0, 70))) for person in people), *draw(st.lists(each, max_size=20))])


@st.composite
def measures(draw: st.DrawFn) -> dict[str, Any]:
    counted, agreed = draw(COUNTS), draw(COUNTS)
    drafts, answers = (SpannedDurations(draw(took()), Durations()) for _ in range(2))
    return measured(
        {
            HELD: Passports(draw(st.integers(0, agreed)), agreed),
            POSTPONEMENTS: Spanned(draw(shares()), Share()),
            WAIVERS: Spanned(draw(shares()), Share()),
            STAFF_TRAINED: Training(draw(st.integers(0, counted)), counted, 3),
            POLICIES: draw(st.booleans()),
            CHAMPIONS: draw(st.booleans()),
            AWARDS_HELD: draw(st.sampled_from([(), (("carer-confident", "active"), ("carer-positive", "engaged"))])),
            DRAFTS: drafts,
            ANSWERS: Answers(answers, 2, 2),
        }
    )


@settings(deadline=None, max_examples=150)
@given(flows(), measures(), st.sampled_from(["2026-10", "2026-12"]), st.booleans())
def test_every_cell_is_reportings(flow: Flow, found: dict[str, Any], month: str, final: bool) -> None:
    figures = Figures(flow, Flow(), found)
    known = datetime(2027, 1, 9, tzinfo=UTC)
    returned = Returned(WORKS, month, 3, 1, known, complete=True, revised=False, figures=figures)
    real = really_released(returned, on=date(2027, 2, 1) if final else None)
    texts = {name: cell.text for name, cell in real.cells.items()}
    assert cells(figures_json(figures), month, final=final) == texts


def world(people: int = 12, *, extra: int = 0) -> Telling:
    """Sixty people in Works, of whom so many took a day in March 2026; recorded late, some more."""
    told = Telling()
    for number in range(60):
        told.employ(f"p{number}", "2025-01-01")
    for number in range(people):
        told.take(f"p{number}", "2026-03-03")
    for number in range(people, people + extra):
        told.take(f"p{number}", "2026-03-04", recorded="2026-05-01")
    return told


def seen(told: Telling, on: str) -> dict[str, Any]:
    return released(Oracle(told.events), WORKS, "2026-03", date.fromisoformat(on))


def test_nothing_of_people_is_seen_before_the_release_a_month_after_the_quarter() -> None:
    before, after = (seen(world(), day) for day in ("2026-04-30", "2026-05-01"))
    assert {before[name] for name in SENSITIVE_CELLS} == {"[c]"}
    assert (before["headcount"], before["policy"]) == ("60", "no")
    assert (after["people"], after["uptake"], after["days"], after["volume"]) == ("10", "17%", "10", "17")
    assert (after["paid_days"], after["paid_share"], after["answers"]) == ("[c]", "[c]", "[c]")


def test_what_is_recorded_on_the_release_day_moves_nothing() -> None:
    assert seen(world(extra=5), "2027-01-01") == seen(world(), "2026-05-01")
    assert seen(world(17), "2026-05-01")["people"] == "15"


def test_nine_people_are_seen_like_nobody() -> None:
    assert seen(world(9), "2026-05-01") == seen(world(0), "2026-05-01")
    assert seen(world(51), "2026-05-01") == seen(world(0), "2026-05-01")


def test_one_persons_half_hides_the_days_and_not_the_people() -> None:
    told = world()
    for day in range(2, 32):
        told.take("p0", f"2026-03-{day:02d}", notice="another")
    assert {name: seen(told, "2026-05-01")[name] for name in ("people", "days", "volume")} == {
        "people": "10",
        "days": "[c]",
        "volume": "[c]",
    }


def test_a_month_has_settled_when_a_whole_day_has_passed_in_london() -> None:
    assert not settled("2026-03", midnight(date(2026, 4, 1)))
    assert settled("2026-03", midnight(date(2026, 4, 2)))
