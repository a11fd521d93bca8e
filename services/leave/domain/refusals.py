"""The refusals of a leave account, one sentence each that says what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from services.leave.domain.answers import DateAnswer
from services.leave.domain.commands import Declaration
from services.leave.domain.wording import day_text, listed, time_text
from shared.kernel.errors import ErasedError, InvalidError, NotFoundError, RefusedError


def erased() -> ErasedError:
    """The person was forgotten."""
    return ErasedError("This person's record has been erased, so nothing can be added to it.")


def declaration_incomplete(*, dependant: bool, care: bool) -> RefusedError:
    """A limb of the declaration is missing: Employment Rights Act 1996 s.80J, regulation 7."""
    missing = []
    if not dependant:
        missing.append("that you have a dependant with a long-term care need")
    if not care:
        missing.append("that you will be away to give or arrange care for them")
    return RefusedError(
        f"To ask for carer's leave, say {listed(missing)}. Only say so if it is true. You are never asked for proof.",
        code="declaration-incomplete",
        dependant=dependant,
        care=care,
    )


def require_declared(declaration: Declaration) -> None:
    """Raise RefusedError where a limb of the declaration is missing."""
    if not (declaration.dependant and declaration.care):
        raise declaration_incomplete(dependant=declaration.dependant, care=declaration.care)


def no_such_notice() -> NotFoundError:
    """No notice with this id in the account."""
    return NotFoundError("There is no such request. Go back to the list and choose one.")


def own_request() -> RefusedError:
    """Nobody decides their own request."""
    return RefusedError(
        "You cannot decide about your own leave. Your manager, or somebody else in HR, can.", code="own-request"
    )


def already_decided(state: str) -> RefusedError:
    """The notice does not wait for this decision."""
    done = {
        "given": "was in time, so you do not need to accept it. You can confirm it",
        "confirmed": "is already confirmed. You do not need to do anything",
        "withdrawn": "was cancelled, so there is nothing to decide",
        "lapsed": "ended because nobody answered before its first day began. You can still accept it",
        "not-waived": "was not accepted because it came too late. They can ask for other days",
    }[state]
    return RefusedError(f"This request {done}.", code="already-decided", state=state)


def waive_first(state: str) -> RefusedError:
    """A late or lapsed notice stands only once it is accepted in spite of that."""
    what = "is late" if state == "late" else "was late, and ended because nobody answered before its first day began"
    return RefusedError(
        f"This request {what}. Accept the late request first: that confirms it at once.",
        code="waive-first",
        state=state,
    )


def not_in_notice(dates: Sequence[date]) -> RefusedError:
    """Dates that are not in the notice."""
    days = listed([day_text(day) for day in dates])
    return RefusedError(f"This request does not include {days}. Choose from its own dates.", code="not-in-notice")


def has_begun(dates: Sequence[date]) -> RefusedError:
    """Dates that can no longer be given back."""
    days = listed([day_text(day) for day in dates])
    return RefusedError(
        f"You can no longer cancel {days} because it has begun. If you worked instead, ask HR to correct it once "
        "the day is over.",
        code="day-has-begun",
        dates=[day.isoformat() for day in dates],
    )


def late_exchange(dates: Sequence[date], in_time_from: date | None) -> RefusedError:
    """Leave that was agreed is not given back for a late request, which may not be accepted."""
    days = listed([day_text(day) for day in dates])
    in_time = f"from {day_text(in_time_from)}, for which you are" if in_time_from else "for which you are"
    return RefusedError(
        f"This fits only if you cancel your leave on {days}. You would be asking late, so it may not be accepted. "
        f"Cancel your leave on {days} first if you want to take that risk, or ask for a day {in_time} in time.",
        code="late-exchange",
        dates=[day.isoformat() for day in dates],
    )


def nothing_there(dates: Sequence[date]) -> RefusedError:
    """Dates to give back for others on which no leave is held."""
    days = listed([day_text(day) for day in dates])
    return RefusedError(
        f"You have no leave on {days} to cancel. Choose a date on which you have leave.", code="no-leave-there"
    )


def nothing_to_withdraw() -> RefusedError:
    """No day of the notice is left to give back."""
    return RefusedError(
        "There are no days left to cancel: each has begun, has ended or was cancelled before.",
        code="nothing-to-withdraw",
    )


def not_taken(day: date) -> RefusedError:
    """Only a day that was taken is corrected."""
    return RefusedError(
        f"{day_text(day)} has not been taken, so there is nothing to correct. A day that has not begun can be "
        "cancelled instead.",
        code="not-taken",
    )


def not_changed(minutes: Fraction) -> RefusedError:
    """The correction says what is recorded already."""
    said = f"{time_text(minutes)} of leave".replace("none", "no time")
    return RefusedError(f"The day already has {said}. Choose what it should be.", code="not-changed")


def over_the_day(day: date, most: Fraction) -> InvalidError:
    """More leave than the date has working time left."""
    return InvalidError(
        f"{day_text(day)} has at most {time_text(most)} of working time left for leave. Enter no more than that."
        if most
        else f"{day_text(day)} has no working time left for leave. Correct the other leave on that day first.",
        code="more-than-scheduled",
    )


def reason_missing() -> InvalidError:
    """A correction needs a reason."""
    return InvalidError("Say in a few words why you are correcting the day.", code="reason-missing")


def does_not_fit_any_more(answers: Sequence[DateAnswer]) -> RefusedError:
    """A lapsed notice gave its time back, and other leave has taken it since."""
    against = [answer for answer in answers if answer.says_no]
    return RefusedError(
        " ".join(answer.sentence for answer in against),
        code=against[0].state,
        dates=[answer.to_json() for answer in answers],
    )


def no_such_post() -> RefusedError:
    """The person does not hold the post asked for, or any."""
    return RefusedError(
        "You are not employed in this post today, so you cannot ask for leave in it. Ask HR to check your record.",
        code="not-employed",
    )


def which_post(posts: Sequence[tuple[str, str]]) -> RefusedError:
    """A request names the post where the person holds several."""
    return RefusedError(
        "You have more than one post. Choose the one you need leave from.",
        code="which-post",
        posts=[{"employment": employment, "post": post} for employment, post in posts],
    )


def not_late(state: str) -> RefusedError:
    """Only a late notice that waits for an answer can be not waived."""
    if state == "given":
        return RefusedError(
            "This request was in time, so it needs no approval. You can postpone it.", code="already-decided"
        )
    return already_decided(state)


def lapsed_meanwhile() -> RefusedError:
    """The first day of a late notice began before it was answered."""
    return RefusedError(
        "This request has ended: its first day began before anybody answered. There is nothing to decide.",
        code="already-decided",
    )


def why_not_waived() -> InvalidError:
    """Keeping to the notice period needs a reason."""
    return InvalidError("Say in a few words why you are not accepting the late request.", code="reason-missing")


def nothing_to_move() -> RefusedError:
    """Only a notice that was not waived moves."""
    return RefusedError(
        "You can only move a request that was not accepted because it came too late.", code="nothing-to-move"
    )


def moved_already() -> RefusedError:
    """A notice moves once."""
    return RefusedError("You have already moved this request. Open the new one instead.", code="moved-already")


def no_date_in_time() -> RefusedError:
    """The working pattern has no such days in the weeks after."""
    return RefusedError(
        "There is no later day with the same working time in the next two months. Ask for the days you need instead.",
        code="no-date-in-time",
    )


def move_too_late() -> RefusedError:
    """The dates for which the notice is in time have begun."""
    return RefusedError(
        "The days this request could move to have begun. Ask for the days you need instead.",
        code="move-too-late",
    )
