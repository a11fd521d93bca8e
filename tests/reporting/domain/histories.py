"""Random histories of employments and days of leave, and figures counted from them the slow way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from services.reporting.domain.months import month_end, rolling_year
from shared.kernel.periods import month_of

ORGANISATIONS = ("ministry-of-works", "rivers-agency")
STATUSES = ("employee", "worker", "office-holder", "agency", "volunteer")
FIRST, LAST = date(2025, 1, 1), date(2026, 12, 31)
EPOCH = "6f6c7f1e-0000-4000-8000-000000000001"

DAYS = st.dates(FIRST, LAST)
FTES = st.sampled_from(["1/1", "3/5", "4/5", "1/2", "37/50"])

Event = dict[str, Any]


@dataclass(frozen=True)
class History:
    """Workforce's and leave's published events, each list in the order of its log."""

    workforce: list[Event]
    leave: list[Event]


@st.composite
def histories(draw: st.DrawFn) -> History:
    """A few people in two organisations: recorded, changed, moved, ended; days taken and corrected."""
    people = [f"person-{number}" for number in range(draw(st.integers(1, 5)))]
    workforce: list[Event] = []
    for person in people:
        for post in range(draw(st.integers(1, 2))):
            for statement in range(draw(st.integers(1, 4))):
                workforce.append(_statement(draw, person, f"{person}/{post}", first=statement == 0))
    leave = [_taken(draw, draw(st.sampled_from(people)), number) for number in range(draw(st.integers(0, 12)))]
    corrections = draw(st.lists(st.sampled_from(range(len(leave))), max_size=6)) if leave else []
    leave += [_corrected(draw, leave[index]) for index in corrections]
    return History(_placed("workforce", draw(st.permutations(workforce))), _placed("leave", leave))


def _statement(draw: st.DrawFn, person: str, employment: str, *, first: bool) -> Event:
    starts = draw(DAYS)
    ends = draw(st.none() | DAYS)
    organisation = draw(st.sampled_from(ORGANISATIONS))
    if not first and draw(st.booleans()):
        data = {"employment": employment, "ends": draw(DAYS).isoformat()}
        return {
            "type": "carers.workforce.employment-ended.v1",
            "subject": person,
            "organisation": organisation,
            "data": data,
        }
    data = {
        "employment": employment,
        "effective_from": draw(DAYS).isoformat(),
        "starts": starts.isoformat(),
        "ends": ends.isoformat() if ends else None,
        "fte": draw(FTES),
        "status": draw(st.sampled_from(STATUSES)),
    }
    kind = "recorded" if first else "changed"
    return {
        "type": f"carers.workforce.employment-{kind}.v1",
        "subject": person,
        "organisation": organisation,
        "data": data,
    }


def _minutes(draw: st.DrawFn) -> dict[str, Any]:
    minutes = draw(st.sampled_from([0, 222, 444, "555/2", 360]))
    paid = draw(st.sampled_from([0, minutes]))
    return {"minutes": minutes, "paid_minutes": paid, "full_time_minutes": draw(st.sampled_from([2220, 2160, 2100]))}


def _taken(draw: st.DrawFn, person: str, number: int) -> Event:
    data = {"notice": f"notice-{number}", "date": draw(DAYS).isoformat()} | _minutes(draw)
    organisation = draw(st.sampled_from(ORGANISATIONS))
    return {"type": "carers.leave.taken.v1", "subject": person, "organisation": organisation, "data": data}


def _corrected(draw: st.DrawFn, taken: Event) -> Event:
    organisation = draw(st.sampled_from((taken["organisation"], *ORGANISATIONS)))
    data = taken["data"] | _minutes(draw)
    return {
        "type": "carers.leave.corrected.v1",
        "subject": taken["subject"],
        "organisation": organisation,
        "data": data,
    }


def _placed(service: str, events: list[Event]) -> list[Event]:
    return [
        event
        | {
            "id": f"{EPOCH}:{2 * number}",
            "source": f"/test/{service}",
            "epoch": EPOCH,
            "position": 2 * number,
            "time": f"2026-12-31T00:00:{number % 60:02d}+00:00",
        }
        for number, event in enumerate(events, start=1)
    ]


def slow_figures(history: History, organisation: str, month: str) -> dict[str, dict[str, Any]]:
    """The figures of a month counted day by day and person by person, by span."""
    return {
        "month": _slow_flow(history, organisation, [month]),
        "year": _slow_flow(history, organisation, rolling_year(month)),
    }


def _slow_flow(history: History, organisation: str, months: list[str]) -> dict[str, Any]:
    begun = _slow_beginning(history.workforce, organisation)
    stocks = [_slow_stock(history.workforce, organisation, month_end(month)) for month in months if month >= begun]
    among = len(stocks) or 1
    paid, unpaid = _slow_days(history.leave, organisation, set(months))
    people = {person: paid.get(person, Fraction(0)) + unpaid.get(person, Fraction(0)) for person in paid | unpaid}
    return {
        "headcount": Fraction(sum(len(people) for people, _ in stocks), among),
        "fte": sum((fte for _, fte in stocks), Fraction(0)) / among,
        "people": len(people),
        "days": sum(people.values(), Fraction(0)),
        "largest": max(people.values(), default=Fraction(0)),
        "paid_people": len(paid),
        "paid_days": sum(paid.values(), Fraction(0)),
        "largest_paid": max(paid.values(), default=Fraction(0)),
        "unpaid_people": len(unpaid),
        "unpaid_days": sum(unpaid.values(), Fraction(0)),
        "largest_unpaid": max(unpaid.values(), default=Fraction(0)),
    }


def _slow_beginning(workforce: list[Event], organisation: str) -> str:
    """The month of the first day with anybody in employment: it is one on which some statement begins to hold."""
    days = sorted(
        {event["data"][name] for event in workforce for name in ("effective_from", "starts") if name in event["data"]}
    )
    employed = (day for day in days if _slow_stock(workforce, organisation, date.fromisoformat(day))[0])
    return next(employed, "9999-12")[:7]


def _slow_stock(workforce: list[Event], organisation: str, day: date) -> tuple[set[str], Fraction]:
    people: set[str] = set()
    fte = Fraction(0)
    for employment in {event["data"]["employment"] for event in workforce}:
        said = [event for event in workforce if event["data"]["employment"] == employment]
        state = _state_on(said, day)
        ends = said[-1]["data"]["ends"]
        if state is None or (ends is not None and day.isoformat() > ends):
            continue
        data = state["data"]
        paid_here = state["organisation"] == organisation and data["status"] in ("employee", "worker", "office-holder")
        if paid_here and data["starts"] <= day.isoformat():
            people.add(state["subject"])
            fte += Fraction(data["fte"])
    return people, fte


def _state_on(said: list[Event], day: date) -> Event | None:
    """The last statement that took effect on the latest day up to this one."""
    effective = [event for event in said if event["data"].get("effective_from", "9999") <= day.isoformat()]
    latest = max((event["data"]["effective_from"] for event in effective), default="")
    return next((event for event in reversed(effective) if event["data"]["effective_from"] == latest), None)


def _slow_days(
    leave: list[Event], organisation: str, months: set[str]
) -> tuple[dict[str, Fraction], dict[str, Fraction]]:
    last: dict[tuple[str, str], Event] = {}
    for event in leave:
        last[event["data"]["notice"], event["data"]["date"]] = event
    paid: dict[str, Fraction] = {}
    unpaid: dict[str, Fraction] = {}
    for event in last.values():
        data = event["data"]
        if event["organisation"] == organisation and month_of(date.fromisoformat(data["date"])) in months:
            fifth = Fraction(data["full_time_minutes"], 5)
            paid_days = Fraction(data["paid_minutes"]) / fifth
            unpaid_days = Fraction(data["minutes"]) / fifth - paid_days
            for sums, days in ((paid, paid_days), (unpaid, unpaid_days)):
                if days:
                    sums[event["subject"]] = sums.get(event["subject"], Fraction(0)) + days
    return paid, unpaid
