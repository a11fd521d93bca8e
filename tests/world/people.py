"""Who is employed, who took leave, and whose passport is in date: asked for one person after another.

Each class holds what was known at one instant, as the published events said it, of one organisation.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

from tests.world.events import FOREVER, Event, a_year_before, by, days_between, month_end

ON_THE_PAYROLL = {"employee", "worker", "office-holder"}
LONGEST = 61


class Staff:
    """The employments that were ever in the organisation, with all that was said of each."""

    def __init__(self, organisation: str, events: Iterable[Event]) -> None:
        self._organisation = organisation
        self._employments = by(lambda event: event.data["employment"], events)
        self._of_person: dict[str, list[list[Event]]] = defaultdict(list)
        for said in self._employments.values():
            for person in {event.person for event in said}:
                self._of_person[person].append(said)
        self._stocks: dict[str, tuple[int, Fraction]] = {}
        self.begun = min(map(self._first_day, self._employments.values()), default=FOREVER)[:7]

    def stock(self, month: str) -> tuple[int, Fraction]:
        """Headcount and FTE at the midnight that ends the month's last day."""
        if month not in self._stocks:
            day = month_end(month)
            here = [state for said in self._employments.values() if (state := self._on(said, day))]
            shares = Counter(state.data["fte"] for state in here)
            fte = sum((Fraction(share) * posts for share, posts in shares.items()), Fraction(0))
            self._stocks[month] = len({state.person for state in here}), fte
        return self._stocks[month]

    def mean_stock(self, months: Iterable[str]) -> tuple[Fraction, Fraction]:
        """The means of the month ends that are not before the first month with anybody employed."""
        stocks = [self.stock(month) for month in months if month >= self.begun]
        if not stocks:
            return Fraction(0), Fraction(0)
        return (
            Fraction(sum(headcount for headcount, _ in stocks), len(stocks)),
            sum((fte for _, fte in stocks), Fraction(0)) / len(stocks),
        )

    def employs(self, person: str, day: str) -> bool:
        """Whether the person is employed in the organisation on a day, its last included."""
        states = (self._on(said, day) for said in self._of_person.get(person, ()))
        return any(state is not None and state.person == person for state in states)

    def _on(self, said: Sequence[Event], day: str) -> Event | None:
        """The statement that holds on a day, where by it somebody is employed here and counts."""
        if day > (said[-1].data["ends"] or FOREVER):
            return None
        state = None
        for event in said:
            since = event.data.get("effective_from", FOREVER)
            if since <= day and (state is None or since >= state.data["effective_from"]):
                state = event
        if state is None or state.organisation != self._organisation:
            return None
        data = state.data
        return state if data["status"] in ON_THE_PAYROLL and data["starts"] <= day else None

    def _first_day(self, said: Sequence[Event]) -> str:
        """The first day on which an employment counts: one on which a statement about it begins to hold."""
        days = {event.data[name] for event in said for name in ("effective_from", "starts") if name in event.data}
        return min((day for day in days if self._on(said, day)), default=FOREVER)


class Leave:
    """Days of leave, each as it was told last; of a day that was worked after all nothing is left."""

    def __init__(self, organisation: str, events: Iterable[Event]) -> None:
        self._by_month: dict[str, list[tuple[str, Fraction, Fraction]]] = defaultdict(list)
        for said in by(lambda event: (event.data["notice"], event.data["date"]), events).values():
            last = said[-1]
            if last.organisation == organisation and Fraction(last.data["minutes"]):
                week = last.data["full_time_minutes"]
                paid = _days(last.data["paid_minutes"], week)
                unpaid = _days(last.data["minutes"], week) - paid
                self._by_month[last.data["date"][:7]].append((last.person, paid, unpaid))

    def figures(self, months: Sequence[str], staff: Staff) -> dict[str, dict[str, Any]]:
        """Indicators 10, 11 and 12 over the months."""
        paid: dict[str, Fraction] = defaultdict(Fraction)
        unpaid: dict[str, Fraction] = defaultdict(Fraction)
        for month in months:
            for person, of_it_paid, of_it_unpaid in self._by_month.get(month, ()):
                paid[person] += of_it_paid
                unpaid[person] += of_it_unpaid
        both = {person: paid[person] + unpaid[person] for person in paid}
        headcount, fte = staff.mean_stock(months)
        taken = {
            "people": len(both),
            "paid_people": sum(1 for days in paid.values() if days),
            "unpaid_people": sum(1 for days in unpaid.values() if days),
            "headcount": _text(headcount),
            "fte": _text(fte),
        }
        for name, of_person in (("", both), ("paid", paid), ("unpaid", unpaid)):
            taken[f"{name}_days".strip("_")] = _text(sum(of_person.values(), Fraction(0)))
            taken[f"largest_{name}".strip("_")] = _text(max(of_person.values(), default=Fraction(0)))
        return {number: {name: taken[name] for name in names} for number, names in _LEAVE.items()}


@lru_cache(maxsize=4096)
def _days(minutes: int | str, full_time_minutes: int | str) -> Fraction:
    """Minutes as days: a day is one fifth of the full-time week."""
    return Fraction(minutes) / (Fraction(full_time_minutes) / 5)


_LEAVE = {
    "10": ("people", "headcount"),
    "11": ("days", "paid_days", "unpaid_days", "fte", "people", "headcount", "largest"),
    "12": ("paid_days", "days", "paid_people", "unpaid_people", "largest_paid", "largest_unpaid"),
}


class Passports:
    """Passports of everybody who was ever employed in the organisation: they go where their holders go."""

    def __init__(self, events: Iterable[Event]) -> None:
        self._of_person = by(lambda event: event.person, events)

    def in_date(self, month: str, staff: Staff) -> dict[str, int]:
        """Indicator 6: of those employed at the month's end who holds one, and whose is in date."""
        day = month_end(month)
        agreed = in_date = 0
        for person, said in self._of_person.items():
            signed: list[str] = []
            for event in said:
                on = _day_of(event)
                if on <= day:
                    signed = [] if event.kind == "passport.ended" else [*signed, on]
            if signed and staff.employs(person, day):
                agreed += 1
                in_date += max(signed) > a_year_before(day)
        return {"in_date": in_date, "agreed": agreed}

    def from_draft(self, months: Sequence[str], staff: Staff) -> dict[str, Any]:
        """Indicator 7: how long agreeing took those who were employed here on the day of agreement."""
        return durations(
            (person, event.data["days_from_draft"])
            for person, said in self._of_person.items()
            for event in said
            if event.kind == "passport.agreed" and event.data["agreed_on"][:7] in months
            if staff.employs(person, event.data["agreed_on"])
        )


def _day_of(event: Event) -> str:
    return str(event.data[f"{event.kind.rpartition('.')[2]}_on"])


class Notices:
    """Notices of leave, each with the last word on whether it is late, waived and confirmed."""

    def __init__(self, organisation: str, events: Iterable[Event]) -> None:
        self._given: list[tuple[str, str, Event, bool]] = []
        for said in by(lambda event: event.data["notice"], events).values():
            if said[0].organisation == organisation:
                [*_, last] = [event for event in said if event.kind != "leave.postponed"] or said
                postponed = any(event.kind == "leave.postponed" for event in said)
                self._given.append((said[0].person, last.data["given_on"], last, postponed))

    def postponed(self, months: Sequence[str]) -> dict[str, int]:
        """Indicator 13: of the notices in time, or late and waived, those with any day postponed."""
        valid = [each for each in self._in(months) if not _late(each[2]) or _waived(each[2])]
        return _share([(person, postponed) for person, _, _, postponed in valid])

    def waived(self, months: Sequence[str]) -> dict[str, int]:
        """Indicator 15: of the late notices that somebody decided, those waived."""
        late = [(person, last) for person, _, last, _ in self._in(months) if _late(last)]
        decided = [(person, last) for person, last in late if _waived(last) or last.kind == "leave.not-waived"]
        return _share([(person, _waived(last)) for person, last in decided])

    def answered(self, months: Sequence[str]) -> dict[str, Any]:
        """Indicator 16, by day of confirmation: days from the notice to a person's answer; silence's apart."""
        took, by_clock = [], 0
        for person, given_on, last, _ in self._given:
            if last.kind == "leave.confirmed" and last.data["confirmed_on"][:7] in months:
                if last.data["confirmed_by"] == "clock":
                    by_clock += 1
                else:
                    took.append((person, max(0, days_between(given_on, last.data["confirmed_on"]))))
        return durations(took) | {"by_clock": by_clock}

    def _in(self, months: Sequence[str]) -> list[tuple[str, str, Event, bool]]:
        return [each for each in self._given if each[1][:7] in months]


def _late(last: Event) -> bool:
    return last.kind == "leave.not-waived" or bool(last.data.get("late"))


def _waived(last: Event) -> bool:
    return bool(last.data.get("late") and last.data.get("waived"))


def _share(found: Sequence[tuple[str, bool]]) -> dict[str, int]:
    inside = Counter(person for person, counts in found if counts)
    outside = Counter(person for person, counts in found if not counts)
    return {
        "numerator": inside.total(),
        "denominator": len(found),
        "people": len(inside),
        "others": len(outside),
        "largest": max(inside.values(), default=0),
        "largest_other": max(outside.values(), default=0),
    }


def durations(took: Iterable[tuple[str, int]]) -> dict[str, Any]:
    """(person, days) as a return has them: how many took how long, 61 standing for more; people; the most of one."""
    listed = list(took)
    people = Counter(person for person, _ in listed)
    counts = Counter(str(min(days, LONGEST)) for _, days in listed)
    return {"days": dict(counts), "people": len(people), "largest": max(people.values(), default=0)}


def _text(number: Fraction) -> str:
    return f"{number.numerator}/{number.denominator}"
