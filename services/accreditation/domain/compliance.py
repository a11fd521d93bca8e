"""Compliance with a course on a date, computed in this one place.

Denominator: in the audience, not exempt, not long-term absent, past grace. Numerator: those of the denominator with
an unexpired completion. People in grace are outside both, also when trained, and are told apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from services.accreditation.domain.audience import in_since
from services.accreditation.domain.courses import CourseRules, Round
from shared.kernel.periods import Span

OUTSIDE: Final = "outside"
ABSENT: Final = "absent"
EXEMPT: Final = "exempt"
GRACE: Final = "grace"
TRAINED: Final = "trained"
DUE: Final = "due"

LONG_ABSENCE: Final = "long-absence"
"""The reason of an exemption for time away: it takes somebody out of the figures once it has lasted long enough."""

LONG_ABSENCE_DAYS: Final = 28
"""Days away after which somebody is long-term absent: over 28."""


@dataclass(frozen=True)
class Completion:
    """That a version was completed on a day. ``expires_on``: the first day on which it counts no longer, None never."""

    completion: str
    version: int
    completed_on: date
    expires_on: date | None

    def counts(self, least_version: int, day: date) -> bool:
        """Whether it counts on a day where at least this version is asked."""
        return (
            self.version >= least_version
            and self.completed_on <= day
            and (self.expires_on is None or day < self.expires_on)
        )


@dataclass(frozen=True)
class Exemption:
    """That somebody need not take a course from ``starts`` to ``until``, both included; until None: for good."""

    starts: date
    until: date | None
    reason: str

    @property
    def counted_from(self) -> date:
        """The first day on which it takes somebody out: at once, or for time away when that has lasted over 28 days."""
        return self.starts + timedelta(days=LONG_ABSENCE_DAYS if self.reason == LONG_ABSENCE else 0)

    def holds(self, day: date) -> bool:
        """Whether it takes somebody out of the figures on a day."""
        return self.counted_from <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Learner:
    """A person and one course. ``spans``: when they are in its audience, apart and earliest first."""

    person: str
    spans: Sequence[Span] = ()
    completions: Sequence[Completion] = ()
    exemptions: Sequence[Exemption] = ()


@dataclass(frozen=True)
class Standing:
    """How somebody stands to a course on a day.

    ``state``: outside, absent, exempt, grace, trained or due. ``since``: from when they are asked; ``due_on``: their
    first day after grace; ``expires_on``: when the completion that counts longest ends, None for never or none;
    ``trained``: whether any completion counts, in grace too.
    """

    state: str
    since: date | None = None
    due_on: date | None = None
    least_version: int = 1
    trained: bool = False
    expires_on: date | None = None


@dataclass(frozen=True)
class Compliance:
    """A course's figures on a day, in people. ``numerator`` are those of the ``denominator`` who are trained."""

    numerator: int
    denominator: int
    in_grace: int
    exempt: int
    absent: int


@dataclass(frozen=True)
class Alike:
    """How many people of a course's audience stand alike on a day, by all that decides how.

    ``grace``: not yet past grace; ``let_off``: an exemption holds, ``away``: one for time away alone; ``trained``: a
    completion counts.
    """

    people: int
    grace: bool
    let_off: bool
    away: bool
    trained: bool


def standing(course: CourseRules, learner: Learner, day: date) -> Standing:
    """How somebody stands to the course on a day."""
    return next(standings(course, [learner], day))[1]


def standings(course: CourseRules, learners: Iterable[Learner], day: date) -> Iterator[tuple[Learner, Standing]]:
    """How each of these stands to the course on a day. What is the same for all is looked up once."""
    asked, grace = course.round_on(day), timedelta(days=course.grace_days_on(day))
    for learner in learners:
        entered = in_since(learner.spans, day) if asked else None
        if asked is None or entered is None:
            yield learner, Standing(OUTSIDE)
        else:
            yield learner, _standing(asked, grace, learner, entered, day)


def compliance(found: Iterable[Alike]) -> Compliance:
    """The course's figures on the day on which these people, each counted once, stand so to it."""
    states: Counter[str] = Counter()
    for each in found:
        states[_state(let_off=each.let_off, away=each.away, grace=each.grace, trained=each.trained)] += each.people
    return Compliance(
        numerator=states[TRAINED],
        denominator=states[TRAINED] + states[DUE],
        in_grace=states[GRACE],
        exempt=states[EXEMPT],
        absent=states[ABSENT],
    )


def past_grace(course: CourseRules, day: date) -> date | None:
    """Who has been in the audience since this day or longer is past grace on a day; None where nobody is."""
    asked = course.round_on(day)
    last = day - timedelta(days=course.grace_days_on(day))
    return last if asked and asked.since <= last else None


def _standing(asked: Round, grace: timedelta, learner: Learner, entered: date, day: date) -> Standing:
    since = max(entered, asked.since)
    held = {each.reason for each in learner.exemptions if each.holds(day)}
    counting = [each for each in learner.completions if each.counts(asked.least_version, day)]
    return Standing(
        state=_state(
            let_off=bool(held), away=held == {LONG_ABSENCE}, grace=day < since + grace, trained=bool(counting)
        ),
        since=since,
        due_on=since + grace,
        least_version=asked.least_version,
        trained=bool(counting),
        expires_on=_last_expiry(counting),
    )


def _state(*, let_off: bool, away: bool, grace: bool, trained: bool) -> str:
    if let_off:
        return ABSENT if away else EXEMPT
    if grace:
        return GRACE
    return TRAINED if trained else DUE


def _last_expiry(counting: Sequence[Completion]) -> date | None:
    ends = [each.expires_on for each in counting]
    return None if None in ends else max((end for end in ends if end), default=None)
