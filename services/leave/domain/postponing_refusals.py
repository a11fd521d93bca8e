"""Why leave is not postponed, or not to these days: each refusal with what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from services.leave.domain.answers import AWAY_ALREADY
from services.leave.domain.wording import day_text, listed, time_text
from shared.kernel.errors import InvalidError, RefusedError
from shared.kernel.periods import Span


def begun_to_postpone(dates: Sequence[date]) -> RefusedError:
    """Dates that can no longer be postponed."""
    days = listed([day_text(day) for day in dates])
    return RefusedError(
        f"You can no longer postpone {days} because it has begun. Choose days that have not begun.",
        code="day-has-begun",
        dates=[day.isoformat() for day in dates],
    )


def nothing_to_postpone() -> RefusedError:
    """No day of the notice is left to postpone."""
    return RefusedError(
        "There are no days left to postpone: each has begun, has ended or was cancelled before.",
        code="nothing-to-postpone",
    )


def no_later_day(last: date) -> RefusedError:
    """No other day of the same minutes, on which they are not away, is within the limits: regulation 8."""
    return RefusedError(
        "None of the days can be postponed. The new days must have the same working time and start by "
        f"{day_text(last)}, and there is no such day.",
        code="outside-the-month",
        last=last.isoformat(),
    )


def postponed_already(on: date) -> RefusedError:
    """A notice is postponed once."""
    return RefusedError(
        f"This request was postponed on {day_text(on)}. A request can only be postponed once, so the new days stay.",
        code="postponed-already",
    )


def too_late_to_postpone(deadline: date) -> RefusedError:
    """The last day of a lawful postponement is over: regulation 8."""
    return RefusedError(
        f"This request can no longer be postponed: the last day for that was {day_text(deadline)}. If they agree to "
        "other days anyway, HR can record that.",
        code="too-late-to-postpone",
        deadline=deadline.isoformat(),
    )


def no_month_left(first_day: date, last: date) -> RefusedError:
    """Days so far after the notice's first day that no new start is in the month: regulation 8."""
    return RefusedError(
        f"You cannot postpone the days you chose. Postponed leave must start by {day_text(last)}, a month after "
        f"the first day asked for, {day_text(first_day)}, and these days are not before that.",
        code="outside-the-month",
    )


def outside_the_month(starts: Span) -> RefusedError:
    """The new days start too late, or leave working days out after the month: regulation 8."""
    return RefusedError(
        f"The new days must start between {day_text(starts.first)} and {day_text(starts.last)}, and later days must "
        "follow with no working day between. Choose other dates. If they agree to these anyway, HR can record that.",
        code="outside-the-month",
        first=starts.first.isoformat(),
        last=starts.last.isoformat(),
    )


def not_later(day: date) -> RefusedError:
    """To postpone is to be away later, day for day."""
    return RefusedError(f"The new day for {day_text(day)} must be after it. Choose a later date.", code="not-later")


def new_days_missing() -> InvalidError:
    """Postponed leave has new days: regulation 8."""
    return InvalidError("Choose the new days.", code="new-days-missing")


def not_consulted(given_on: date) -> RefusedError:
    """Consultation comes between the notice and the decision: regulation 8."""
    return RefusedError(
        f"Talk to them first. Enter the day you talked, from {day_text(given_on)}, when they asked, to today.",
        code="not-consulted",
    )


def disruption_missing() -> InvalidError:
    """The reason of a postponement names the disruption: regulation 8."""
    return InvalidError("Say how the work would be unduly disrupted.", code="reason-missing")


def new_dates_twice() -> InvalidError:
    """A date takes the place of one other."""
    return InvalidError(
        "Choose a different new date for each day, and not one that you are postponing.", code="date-twice"
    )


def other_minutes(minutes: Fraction) -> RefusedError:
    """Postponed leave is as long as it was: regulation 8."""
    return RefusedError(
        f"The new days must have the same working time as the days you are postponing: {time_text(minutes)}.",
        code="other-minutes",
    )


def not_worked(day: date) -> RefusedError:
    """A new date without working time."""
    return RefusedError(
        f"They do not work on {day_text(day)}, so it cannot be a new day. Choose a day that they work.",
        code="no-working-time",
    )


def part_not_offered(day: date) -> RefusedError:
    """A part that the new date does not have."""
    return RefusedError(
        f"They do not work {day_text(day)} in these parts. Choose another part of the day.", code="part-not-offered"
    )


def away_already(day: date) -> RefusedError:
    """A new date on which there is leave."""
    return RefusedError(
        f"They are already away on {day_text(day)}. Choose another date, or postpone only the days that must move.",
        code=AWAY_ALREADY,
    )
