"""The refusals of a leave account, one sentence each that says what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from services.leave.domain.answers import DateAnswer
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
        f"Carer's leave needs you to say {listed(missing)}. Say so if it is true; you are never asked for proof.",
        code="declaration-incomplete",
        dependant=dependant,
        care=care,
    )


def no_such_notice() -> NotFoundError:
    """No notice with this id in the account."""
    return NotFoundError("There is no such notice. Go back to the list and choose one.")


def own_request() -> RefusedError:
    """Nobody decides their own request."""
    return RefusedError(
        "You cannot decide about your own leave. Your manager or somebody else in HR can.", code="own-request"
    )


def already_decided(state: str) -> RefusedError:
    """The notice does not wait for this decision."""
    done = {
        "given": "was in time, so there is nothing to waive. You can confirm it",
        "confirmed": "is confirmed already. Nothing more is needed",
        "withdrawn": "was withdrawn. Nothing is left to decide",
    }[state]
    return RefusedError(f"This notice {done}.", code="already-decided", state=state)


def waive_first(state: str) -> RefusedError:
    """A late or lapsed notice stands only once it is accepted in spite of that."""
    what = "came too late" if state == "late" else "came too late and lapsed when its first day began"
    return RefusedError(
        f"This notice {what}. Accept it in spite of that, and it is confirmed at once.", code="waive-first", state=state
    )


def not_in_notice(dates: Sequence[date]) -> RefusedError:
    """Dates that are not in the notice."""
    days = listed([day_text(day) for day in dates])
    return RefusedError(f"The notice does not ask for {days}. Choose from its own dates.", code="not-in-notice")


def has_begun(dates: Sequence[date]) -> RefusedError:
    """Dates that can no longer be given back."""
    days = listed([day_text(day) for day in dates])
    return RefusedError(
        f"{days} can no longer be given back because it has begun. If you worked instead, ask HR to correct it "
        "once the day is over.",
        code="day-has-begun",
        dates=[day.isoformat() for day in dates],
    )


def nothing_there(dates: Sequence[date]) -> RefusedError:
    """Dates to give back for others on which no leave is held."""
    days = listed([day_text(day) for day in dates])
    return RefusedError(
        f"You have no leave on {days} that could be given back. Choose a date on which you have.", code="no-leave-there"
    )


def nothing_to_withdraw() -> RefusedError:
    """No day of the notice is left to give back."""
    return RefusedError(
        "Nothing is left in this notice to give back: its days have begun, lapsed or been given back.",
        code="nothing-to-withdraw",
    )


def not_taken(day: date) -> RefusedError:
    """Only a day that was taken is corrected."""
    return RefusedError(
        f"{day_text(day)} has not been taken, so there is nothing to correct. A day that has not begun can be given "
        "back instead.",
        code="not-taken",
    )


def not_changed(minutes: Fraction) -> RefusedError:
    """The correction says what is recorded already."""
    return RefusedError(
        f"{time_text(minutes)} is what is recorded already. Enter what it should be.", code="not-changed"
    )


def over_the_day(day: date, most: Fraction) -> InvalidError:
    """More leave than the date has working time left."""
    return InvalidError(
        f"At most {time_text(most)} can be leave on {day_text(day)}. Enter no more than that.",
        code="more-than-scheduled",
    )


def reason_missing() -> InvalidError:
    """A correction needs a reason."""
    return InvalidError("Say in a few words why the day is corrected.", code="reason-missing")


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
        "You are not employed in this post today, so no leave can be asked for in it. Ask HR to check your record.",
        code="not-employed",
    )


def which_post(posts: Sequence[tuple[str, str]]) -> RefusedError:
    """A request names the post where the person holds several."""
    return RefusedError(
        "You have more than one post. Say in which of them you need leave.",
        code="which-post",
        posts=[{"employment": employment, "post": post} for employment, post in posts],
    )
