"""Random histories of notices, passports, training, provisions and awards, and their figures the slow way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from services.reporting.domain.months import month_end, rolling_year
from shared.kernel.periods import rolling_window
from tests.reporting.domain.histories import DAYS, ORGANISATIONS, Event, _placed, _slow_stock, histories

PEOPLE = ("person-0", "person-1", "person-2")
FORTNIGHT = timedelta(days=14)
RANKS = {"active": 1, "accomplished": 2, "ambassador": 3, "engaged": 1, "established": 2, "exemplary": 3}


@dataclass(frozen=True)
class Told:
    """Published events of each source, in the order of its log."""

    workforce: list[Event]
    leave: list[Event]
    passport: list[Event]
    accreditation: list[Event]

    def known(self, instant: str) -> Told:
        """What was recorded up to an instant."""
        lists = (self.workforce, self.leave, self.passport, self.accreditation)
        return Told(*([event for event in events if event["time"] <= instant] for events in lists))


@st.composite
def told(draw: st.DrawFn) -> Told:
    """A few of everything, in two organisations, much of it late, repeated or put right."""
    return Told(
        workforce=draw(histories()).workforce,
        leave=_placed("leave", [event for n in range(draw(st.integers(0, 5))) for event in _notice(draw, n)]),
        passport=_placed("passport", [_passport(draw) for _ in range(draw(st.integers(0, 6)))]),
        accreditation=_placed("accreditation", [_accredited(draw) for _ in range(draw(st.integers(0, 14)))]),
    )


def _event(draw: st.DrawFn, kind: str, data: dict[str, Any], person: str = "") -> Event:
    organisation = draw(st.sampled_from(ORGANISATIONS))
    subject = {"subject": person} if person else {}
    return {"type": f"carers.{kind}.v1", "organisation": organisation, "data": data} | subject


def _notice(draw: st.DrawFn, number: int) -> Iterator[Event]:
    given, late, waived = draw(DAYS).isoformat(), draw(st.booleans()), draw(st.booleans())
    data = {"notice": f"n{number}", "given_on": given}
    first = _event(
        draw, "leave.requested", data | {"late": late, "waived": late and waived}, draw(st.sampled_from(PEOPLE))
    )
    yield first
    for kind in draw(st.lists(st.sampled_from(["confirmed", "not-waived", "postponed"]), max_size=3)):
        more = _confirmed(draw, given, late) if kind == "confirmed" else {}
        yield first | {"type": f"carers.leave.{kind}.v1", "data": data | more}


def _confirmed(draw: st.DrawFn, given: str, late: bool) -> dict[str, Any]:
    on = date.fromisoformat(given) + timedelta(days=draw(st.integers(0, 70)))
    by = draw(st.sampled_from(["manager", "hr", "clock"]))
    return {"late": late, "waived": late, "confirmed_on": on.isoformat(), "confirmed_by": by}


def _passport(draw: st.DrawFn) -> Event:
    kind = draw(st.sampled_from(["agreed", "agreed", "reviewed", "ended"]))
    data: dict[str, Any] = {f"{kind}_on": draw(DAYS).isoformat()}
    if kind == "agreed":
        data["days_from_draft"] = draw(st.integers(0, 70))
    return _event(draw, f"passport.{kind}", data, draw(st.sampled_from(PEOPLE)))


def _accredited(draw: st.DrawFn) -> Event:
    return draw(st.sampled_from([_training, _training, _training, _provision, _award]))(draw)


def _training(draw: st.DrawFn) -> Event:
    kind = draw(
        st.sampled_from(["assigned", "assigned", "completed", "completed", "released", "corrected", "exempted"])
    )
    course, day, other = draw(st.sampled_from(["c1", "c2"])), draw(DAYS), draw(st.none() | DAYS)
    text = other.isoformat() if other else None
    audience = "line-managers" if course == "c2" and draw(st.booleans()) else "all-staff"
    version, completion = draw(st.integers(1, 2)), draw(st.sampled_from(["d1", "d2"]))
    data: dict[str, Any] = {
        "assigned": {
            "audience": audience,
            "least_version": version,
            "since": day.isoformat(),
            "due_on": (day + draw(st.sampled_from([timedelta(0), FORTNIGHT, 6 * FORTNIGHT]))).isoformat(),
        },
        "completed": {
            "completion": completion,
            "version": version,
            "completed_on": day.isoformat(),
            "expires_on": text,
        },
        "released": {"left_on": day.isoformat()},
        "corrected": {"completion": completion},
        "exempted": {
            "starts": draw(st.sampled_from(["2026-01-01", "2026-06-01"])),
            "counted_from": day.isoformat(),
            "until": text,
        },
    }[kind]
    return _event(draw, f"accreditation.training-{kind}", {"course": course} | data, draw(st.sampled_from(PEOPLE)))


def _provision(draw: st.DrawFn) -> Event:
    named = {
        "kind": draw(st.sampled_from(["carers-policy", "carers-champion", "carers-network"])),
        "starts": draw(st.sampled_from(["2025-03-01", "2026-01-01", "2026-08-01"])),
    }
    if draw(st.booleans()):
        return _event(draw, "accreditation.provision-withdrawn", named | {"ends": draw(DAYS).isoformat()})
    until = draw(st.none() | DAYS)
    data = named | {"vacant_since": None, "counts_until": until.isoformat() if until else None}
    return _event(draw, "accreditation.provision-recorded", data)


def _award(draw: st.DrawFn) -> Event:
    scheme = draw(st.sampled_from(["carer-confident", "carer-positive"]))
    levels = ["active", "accomplished", "ambassador"] if scheme == "carer-confident" else ["established", "exemplary"]
    level = draw(st.sampled_from(levels))
    named = {"award": f"{level}-1", "scheme": scheme, "level": level}
    if draw(st.integers(0, 3)) == 0:
        return _event(draw, "accreditation.lapsed", named | {"lapsed_on": draw(DAYS).isoformat()})
    covered = draw(st.lists(st.sampled_from(ORGANISATIONS), min_size=1, max_size=2, unique=True))
    days = {"starts": draw(DAYS).isoformat(), "until": draw(DAYS).isoformat()}
    return _event(draw, "accreditation.awarded", named | days | {"organisations": covered})


def slow_measures(history: Told, organisation: str, month: str) -> dict[str, Any]:
    """The measures of a month as JSON, asked of every event for each person, notice, course and award."""
    day = month_end(month)
    return {
        "6": _slow_passports(history, organisation, day),
        "7": {span: _slow_drafts(history, organisation, months) for span, months in _spans(month)},
        "13": {span: _slow_share(history.leave, organisation, months, "13") for span, months in _spans(month)},
        "15": {span: _slow_share(history.leave, organisation, months, "15") for span, months in _spans(month)},
        "16": {span: _slow_answers(history.leave, organisation, months) for span, months in _spans(month)},
        "17": {"in_place": _slow_provision(history.accreditation, organisation, "carers-policy", day.isoformat())},
        "18": {"awards": _slow_awards(history.accreditation, organisation, day.isoformat())},
        "22": _slow_training(history.accreditation, organisation, "line-managers", day.isoformat()),
        "23": _slow_training(history.accreditation, organisation, "all-staff", day.isoformat()),
        "24": {"in_place": _slow_provision(history.accreditation, organisation, "carers-champion", day.isoformat())},
    }


def _spans(month: str) -> list[tuple[str, list[str]]]:
    return [("month", [month]), ("year", rolling_year(month))]


def _kind(event: Event) -> str:
    return str(event["type"]).removeprefix("carers.").removesuffix(".v1").partition(".")[2]


def _slow_share(leave: list[Event], organisation: str, months: list[str], indicator: str) -> dict[str, int]:
    inside: list[str] = []
    outside: list[str] = []
    for notice in {event["data"]["notice"] for event in leave}:
        said = [event for event in leave if event["data"]["notice"] == notice]
        if said[0]["organisation"] != organisation or said[0]["data"]["given_on"][:7] not in months:
            continue
        last = [event for event in said if _kind(event) != "postponed"][-1]
        refused = _kind(last) == "not-waived"
        late = refused or last["data"]["late"]
        waived = not refused and last["data"]["waived"]
        if indicator == "13":
            counts, hit = waived or not late, any(_kind(event) == "postponed" for event in said)
        else:
            counts, hit = late and (waived or refused), waived
        if counts:
            (inside if hit else outside).append(said[0]["subject"])
    return {
        "numerator": len(inside),
        "denominator": len(inside) + len(outside),
        "people": len(set(inside)),
        "others": len(set(outside)),
        "largest": max(map(inside.count, inside), default=0),
        "largest_other": max(map(outside.count, outside), default=0),
    }


def _slow_answers(leave: list[Event], organisation: str, months: list[str]) -> dict[str, Any]:
    took, by_clock = [], 0
    for notice in {event["data"]["notice"] for event in leave}:
        said = [event for event in leave if event["data"]["notice"] == notice]
        data = [event for event in said if _kind(event) != "postponed"][-1]["data"]
        if said[0]["organisation"] != organisation or data.get("confirmed_on", "")[:7] not in months:
            continue
        if "confirmed_by" in data and data["confirmed_by"] == "clock":
            by_clock += 1
        elif "confirmed_by" in data:
            days = date.fromisoformat(data["confirmed_on"]) - date.fromisoformat(data["given_on"])
            took.append((said[0]["subject"], days.days))
    return _slow_durations(took) | {"by_clock": by_clock}


def _slow_drafts(history: Told, organisation: str, months: list[str]) -> dict[str, Any]:
    took = [
        (event["subject"], event["data"]["days_from_draft"])
        for event in {event["position"]: event for event in history.passport}.values()
        if _kind(event) == "agreed" and event["data"]["agreed_on"][:7] in months
        if event["subject"]
        in _slow_stock(history.workforce, organisation, date.fromisoformat(event["data"]["agreed_on"]))[0]
    ]
    return _slow_durations(took)


def _slow_durations(took: list[tuple[str, int]]) -> dict[str, Any]:
    people = [person for person, _ in took]
    days = [min(days, 61) for _, days in took]
    return {
        "days": {str(each): days.count(each) for each in sorted(set(days))},
        "people": len(set(people)),
        "largest": max(map(people.count, people), default=0),
    }


def _slow_passports(history: Told, organisation: str, day: date) -> dict[str, int]:
    counted = {"in_date": 0, "agreed": 0}
    for person in _slow_stock(history.workforce, organisation, day)[0]:
        last: date | None = None
        agreed = False
        for event in history.passport:
            on = date.fromisoformat(event["data"][f"{_kind(event)}_on"])
            if event["subject"] == person and on <= day:
                agreed = _kind(event) != "ended"
                last = max(last or on, on) if agreed else None
        counted["agreed"] += agreed
        counted["in_date"] += last is not None and last in rolling_window(day)
    return counted


def _slow_training(events: list[Event], organisation: str, audience: str, day: str) -> dict[str, int]:
    here = [event for event in events if "training-" in event["type"] and event["organisation"] == organisation]
    figures = {"trained": 0, "counted": 0, "in_grace": 0}
    for person in PEOPLE:
        states = set()
        for course in ("c1", "c2"):
            said = [event for event in here if (event["subject"], event["data"]["course"]) == (person, course)]
            states.add(_slow_state(said, audience, day))
        figures["counted"] += bool(states & {"trained", "due"})
        figures["trained"] += "trained" in states and "due" not in states
        figures["in_grace"] += "grace" in states and not states & {"trained", "due"}
    return figures


def _slow_state(said: list[Event], audience: str, day: str) -> str:
    exemptions = {event["data"]["starts"]: event["data"] for event in said if _kind(event) == "training-exempted"}
    if any(held["counted_from"] <= day <= (held["until"] or "9999") for held in exemptions.values()):
        return "exempt"
    asked = None
    for event in said:
        if _kind(event) == "training-assigned" and event["data"]["since"] <= day:
            asked = event["data"]
        if _kind(event) == "training-released" and event["data"]["left_on"] <= day:
            asked = None
    if asked is None or asked["audience"] != audience:
        return "outside"
    if day < asked["due_on"]:
        return "grace"
    done: dict[str, Any] = {}
    for event in said:
        if _kind(event) == "training-completed":
            done[event["data"]["completion"]] = event["data"]
        if _kind(event) == "training-corrected":
            done.pop(event["data"]["completion"], None)
    counts = [
        each["version"] >= asked["least_version"] and each["completed_on"] <= day < (each["expires_on"] or "9999")
        for each in done.values()
    ]
    return "trained" if any(counts) else "due"


def _slow_provision(events: list[Event], organisation: str, kind: str, day: str) -> bool:
    for starts in {event["data"]["starts"] for event in events if "provision" in event["type"]}:
        recorded = withdrawn = None
        for event in events:
            data = event["data"]
            if event["organisation"] == organisation and (data.get("kind"), data.get("starts")) == (kind, starts):
                if _kind(event) == "provision-recorded":
                    recorded = data["counts_until"] or "9999"
                else:
                    withdrawn = data["ends"]
        if starts <= day and (recorded or withdrawn) and day <= (recorded or "9999") and day < (withdrawn or "9999"):
            return True
    return False


def _slow_awards(events: list[Event], organisation: str, day: str) -> list[dict[str, str]]:
    held: dict[str, str] = {}
    for award in {event["data"]["award"] for event in events if "award" in event["data"]}:
        said = [event for event in events if event["data"].get("award") == award]
        awarded = [event["data"] for event in said if _kind(event) == "awarded"]
        lapsed = [event["data"]["lapsed_on"] for event in said if _kind(event) == "lapsed"]
        if not awarded or organisation not in awarded[-1]["organisations"]:
            continue
        if awarded[-1]["starts"] <= day <= awarded[-1]["until"] and (not lapsed or day < lapsed[-1]):
            scheme, level = awarded[-1]["scheme"], awarded[-1]["level"]
            held[scheme] = max(held.get(scheme, level), level, key=RANKS.__getitem__)
    return [{"scheme": scheme, "level": level} for scheme, level in sorted(held.items())]
