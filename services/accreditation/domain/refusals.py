"""The refusals of accreditation, one sentence each that says what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from services.accreditation.domain.wording import day_text
from shared.kernel.errors import ErasedError, InvalidError, NotFoundError, RefusedError


def bad_code(longest: int) -> InvalidError:
    """A code that cannot stand in files and addresses."""
    return InvalidError(
        f"Use lower-case letters, digits and single hyphens, at most {longest}, such as carer-aware.",
        code="bad-code",
        field="code",
    )


def bad_title(longest: int) -> InvalidError:
    """A title that says nothing, or too much."""
    return InvalidError(f"Enter the course’s title in at most {longest} characters.", code="bad-title", field="title")


def bad_validity(longest: int) -> InvalidError:
    """A validity out of bounds."""
    return InvalidError(
        f"Enter how many months the course is valid for, from 1 to {longest}, or leave it empty if it does not expire.",
        code="bad-validity",
        field="validity_months",
    )


def bad_grace(longest: int) -> InvalidError:
    """A grace out of bounds."""
    return InvalidError(
        f"Enter how many days people have to complete it, from 0 to {longest}.", code="bad-grace", field="grace_days"
    )


def unknown_audience(audience: str, known: Sequence[str]) -> InvalidError:
    """An audience that there is not."""
    return InvalidError(
        f"‘{audience}’ is not one of {', '.join(known)}. Choose one of these.", code="bad-audience", field="audience"
    )


def course_known(code: str) -> RefusedError:
    """The code has another course."""
    return RefusedError(
        f"Your organisation already has a course with the short name {code}. Add a version to it, or use another name.",
        code="course-known",
        field="code",
    )


def no_such_course() -> NotFoundError:
    """No course of the organisation has the code."""
    return NotFoundError(
        "Your organisation does not have this course. Choose one that it has, or add the course first.", field="code"
    )


def course_ended(ends: date) -> RefusedError:
    """A course that nobody is asked to take."""
    return RefusedError(
        f"You cannot add a version, because this course ended on {day_text(ends)}. Add a new course.",
        code="course-ended",
    )


def version_too_early(starts: date) -> RefusedError:
    """A version that would not follow the one before it."""
    return RefusedError(
        f"The earlier version started on {day_text(starts)}. Enter a later date.",
        code="version-too-early",
        field="starts",
    )


def ends_before_start(starts: date) -> RefusedError:
    """A course that would end before it began."""
    return RefusedError(
        f"The course starts on {day_text(starts)}. Enter that date or a later one.", code="bad-ends", field="ends"
    )


def erased() -> ErasedError:
    """The person was forgotten."""
    return ErasedError("This person's record has been erased, so nothing can be added to it.")


def own_record() -> RefusedError:
    """Nobody writes their own training record, whatever their role."""
    return RefusedError("You cannot change your own training record. Ask somebody else in HR.", code="own-record")


def no_such_version(number: int, known: Sequence[int]) -> RefusedError:
    """A version that the course has not."""
    return RefusedError(
        f"The course does not have version {number}. It has: {', '.join(map(str, known))}.",
        code="no-such-version",
        field="version",
    )


def completed_in_future(today: date) -> RefusedError:
    """Nobody has completed a course tomorrow."""
    return RefusedError(
        f"The date must be {day_text(today)} or earlier.",
        code="day-to-come",
        field="completed_on",
    )


def unknown_source(source: str, known: Sequence[str]) -> InvalidError:
    """A source that there is not."""
    return InvalidError(f"‘{source}’ is not one of {', '.join(known)}.", code="bad-source", field="source")


def unknown_reason(reason: str, known: Sequence[str]) -> InvalidError:
    """A reason that there is not."""
    return InvalidError(f"‘{reason}’ is not one of {', '.join(known)}.", code="bad-reason", field="reason")


def no_such_completion() -> NotFoundError:
    """No such completion in the record."""
    return NotFoundError("This completion does not exist. Go back to the person’s training and choose one.")


def until_before_start(starts: date) -> RefusedError:
    """A last day before the first."""
    return RefusedError(
        f"The last day is before the first day, {day_text(starts)}. Change one of them.",
        code="until-before-start",
        field="until",
    )


def exemptions_overlap(starts: date) -> RefusedError:
    """Another exemption has some of the days."""
    return RefusedError(
        f"The exemption from {day_text(starts)} already includes some of these days. End that one first.",
        code="exemptions-overlap",
        field="starts",
    )


def unknown_kind(kind: str, known: Sequence[str]) -> InvalidError:
    """A kind of provision that there is not."""
    return InvalidError(f"‘{kind}’ is not one of {', '.join(known)}.", code="bad-kind", field="kind")


def not_yet(today: date) -> RefusedError:
    """A day that is still to come."""
    return RefusedError(f"The date must be {day_text(today)} or earlier.", code="day-to-come")


def in_place_already(starts: date) -> RefusedError:
    """Another time of the provision has the day."""
    return RefusedError(
        f"It is already recorded as in place from {day_text(starts)}. Change that, or first record when it ended.",
        code="in-place-already",
        field="starts",
    )


def withdrawn_already(starts: date) -> RefusedError:
    """The time from that day on was withdrawn."""
    return RefusedError(
        f"It was in place from {day_text(starts)} but has ended since. Enter the date when it was put back in place.",
        code="withdrawn-already",
        field="starts",
    )


def not_in_place() -> RefusedError:
    """Nothing is in place that could end."""
    return RefusedError("This is not recorded as in place. Record it first.", code="not-in-place")


def before_in_place(starts: date) -> RefusedError:
    """A day before the provision was there."""
    return RefusedError(
        f"It is in place from {day_text(starts)}. Enter that date or a later one.", code="before-in-place"
    )


def only_a_champion_is_vacant() -> RefusedError:
    """Vacancies are a champion's."""
    return RefusedError(
        "Only a champion can be vacant. Record that it is no longer in place instead.", code="no-vacancy"
    )


def no_such_scheme() -> NotFoundError:
    """No scheme has this name."""
    return NotFoundError("This scheme does not exist. Go back to the list and choose one.")


def no_such_area() -> NotFoundError:
    """The scheme has no such area."""
    return NotFoundError("The scheme does not have this area. Go back to the self-assessment and choose one.")


def scores_incomplete() -> InvalidError:
    """A criterion without a score."""
    return InvalidError("Give every criterion of the area a score from 0 to 3.", code="scores-incomplete")


def no_such_level() -> RefusedError:
    """The scheme has no such level."""
    return RefusedError(
        "The scheme does not have this level. Choose one of its levels.", code="no-such-level", field="level"
    )


def covers_nobody() -> RefusedError:
    """An award without organisations."""
    return RefusedError(
        "Choose at least one organisation that the award covers.", code="covers-nobody", field="organisations"
    )


def not_in_group() -> RefusedError:
    """An organisation that is not of one's own group."""
    return RefusedError(
        "An award can only cover your own organisation and others in its group. Choose from these.",
        code="not-in-group",
        field="organisations",
    )


def award_known(starts: date) -> RefusedError:
    """The same award is known otherwise."""
    return RefusedError(
        f"This award from {day_text(starts)} is already recorded with another last day or other organisations. "
        "End that one first.",
        code="award-known",
        field="starts",
    )


def no_such_award() -> NotFoundError:
    """No such award."""
    return NotFoundError("This award does not exist. Go back to the list and choose one.")


def award_over(lapsed_on: date) -> RefusedError:
    """The award ended already."""
    return RefusedError(f"This award already ended on {day_text(lapsed_on)}.", code="award-over")


def outside_award(first: date, last: date) -> RefusedError:
    """A day that is none of the award's."""
    return RefusedError(f"Enter a date from {day_text(first)} to {day_text(last)}.", code="outside-award", field="ends")
