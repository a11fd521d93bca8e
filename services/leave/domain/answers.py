"""What a request is answered, date by date, with the rule, the inputs and what else would fit."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Final

from services.leave.domain.law import Law
from services.leave.domain.notice_periods import NoticePeriod, last_in_time
from services.leave.domain.parts import AFTERNOON, HALF, MORNING, WHOLE
from services.leave.domain.week import Week
from services.leave.domain.windows import Left
from services.leave.domain.wording import amount_text, day_text, listed
from shared.kernel.errors import RefusedError
from shared.kernel.periods import Span
from shared.kernel.working_time import Sessions, minutes_json

FITS: Final = "fits"
NO_WORKING_TIME: Final = "no-working-time"
DOES_NOT_FIT: Final = "does-not-fit"
AWAY_ALREADY: Final = "already-away"


@dataclass(frozen=True)
class DateAnswer:
    """The answer for one date.

    ``state``: ``fits``, ``no-working-time`` (not a leave day, not counted) or the code of the rule that says no.
    ``minutes`` of leave asked for; ``counted`` of them against the week (fewer where the rest is free).
    ``left``: the tightest window; ``fits_minutes``: what of the date would fit; ``back_on``: when time comes back;
    ``fits_if``: a later leave day whose window alone is in the way, and the minutes to give up there.
    """

    day: date
    part: str
    state: str
    sessions: Sessions = field(default_factory=Sessions)
    minutes: Fraction = Fraction(0)
    counted: Fraction = Fraction(0)
    begins_at: datetime | None = None
    left: Left | None = None
    fits_minutes: Fraction = Fraction(0)
    fits_part: str = ""
    back_on: date | None = None
    fits_if: tuple[date, Fraction] | None = None
    sentence: str = ""

    @property
    def is_leave(self) -> bool:
        """Whether the date is a leave day that can be had."""
        return self.state == FITS

    @property
    def says_no(self) -> bool:
        """Whether a rule stands against the date."""
        return self.state not in (FITS, NO_WORKING_TIME)

    def to_json(self) -> dict[str, object]:
        """The answer as plain JSON, for a refusal's data and for the preview."""
        return {
            "date": self.day.isoformat(),
            "part": self.part,
            "state": self.state,
            "minutes": minutes_json(self.minutes),
            "counted_minutes": minutes_json(self.counted),
            "scheduled_minutes": minutes_json(self.sessions.total),
            "fits_minutes": minutes_json(self.fits_minutes),
            "fits_part": self.fits_part,
            "window": span_json(self.left.span) if self.left else None,
            "back_on": self.back_on.isoformat() if self.back_on else None,
            "fits_if": {"date": self.fits_if[0].isoformat(), "give_up_minutes": minutes_json(self.fits_if[1])}
            if self.fits_if
            else None,
            "sentence": self.sentence,
        }


@dataclass(frozen=True)
class Assessment:
    """The answer to a whole request: every date, the week, and whether the notice is in time."""

    law: Law
    nation: str
    week: Week
    given_on: date
    dates: tuple[DateAnswer, ...]
    period: NoticePeriod | None = None
    deadline: date | None = None

    @property
    def leave_days(self) -> tuple[DateAnswer, ...]:
        """The dates that would be leave."""
        return tuple(answer for answer in self.dates if answer.is_leave)

    @property
    def first_day(self) -> date | None:
        """The first leave day; dates without working time are not it."""
        return next((answer.day for answer in self.dates if answer.is_leave), None)

    @property
    def late(self) -> bool:
        """Whether the notice is too late by every reading that counts."""
        return self.in_time_until is not None and self.given_on > self.in_time_until

    @property
    def in_time_until(self) -> date | None:
        """The last day on which notice of these days is in time, by the kindest reading that counts."""
        if self.period is None or self.first_day is None:
            return None
        return last_in_time(self.period.latest(self.first_day), self.law)

    @property
    def in_time_from(self) -> date | None:
        """The first date for which notice of as many days, given on the same day, is in time."""
        return self.given_on + timedelta(days=self.period.days(self.law)) if self.period else None

    @property
    def left_after(self) -> Fraction:
        """Minutes left once these days are taken, in the tightest window of the last of them."""
        last = self.leave_days[-1] if self.leave_days else None
        return max(Fraction(0), last.left.minutes - last.counted) if last and last.left else Fraction(0)

    @property
    def standing_waiver(self) -> bool:
        """Whether only a published reading is met, so that the employer's standing waiver carries the notice."""
        return (
            self.period is not None
            and self.first_day is not None
            and not self.late
            and (self.first_day - self.given_on).days < self.period.text
        )

    def require(self) -> None:
        """Raise RefusedError, with every date's answer, unless each date is a leave day or not worked."""
        against = [answer for answer in self.dates if answer.says_no]
        if against:
            message = " ".join(answer.sentence for answer in against)
            raise RefusedError(message, code=against[0].state, dates=[answer.to_json() for answer in self.dates])
        if not self.leave_days:
            days = listed([day_text(answer.day) for answer in self.dates])
            raise RefusedError(
                f"You are not due to work on {days}, so there is no leave to take. Choose a day that you work.",
                code=NO_WORKING_TIME,
                dates=[answer.to_json() for answer in self.dates],
            )


def span_json(span: Span) -> dict[str, str]:
    """A window as JSON, both ends included."""
    return {"first": span.first.isoformat(), "last": span.last.isoformat()}


def fit_sentence(answer: DateAnswer) -> str:
    """Why a date does not fit, what would, and from when there is time again."""
    assert answer.left is not None
    length = answer.sessions.total or None
    said = [f"{_asked(answer)} would take more than a week of leave in the 12 months {_window(answer.left.span)}."]
    if answer.fits_part:
        said.append(f"There is {amount_text(answer.fits_minutes, length)} left, so half of that day fits instead.")
    elif answer.fits_minutes:
        said.append(f"There is {amount_text(answer.fits_minutes, length)} left.")
    else:
        said.append("Nothing is left.")
    if answer.fits_if:
        day, minutes = answer.fits_if
        said.append(f"It fits if {amount_text(minutes, length)} of the leave on {day_text(day)} is cancelled first.")
    elif answer.back_on:
        said.append(f"More is available again from {day_text(answer.back_on)}.")
    return " ".join(said)


def _asked(answer: DateAnswer) -> str:
    return _PART_WORDS[answer.part] + day_text(answer.day)


def _window(span: Span) -> str:
    return f"from {day_text(span.first)} to {day_text(span.last)}"


_PART_WORDS: Final = {WHOLE: "", HALF: "Half of ", MORNING: "The morning of ", AFTERNOON: "The afternoon of "}
