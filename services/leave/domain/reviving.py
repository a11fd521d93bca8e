"""Whether a notice can be confirmed; and whether the days of one that lapsed still fit, when it is accepted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from services.leave.domain.answers import AWAY_ALREADY, FITS, DateAnswer
from services.leave.domain.assessment import Held, fit
from services.leave.domain.notices import GIVEN, LAPSED, LATE, Notice
from services.leave.domain.parts import clash
from services.leave.domain.refusals import already_decided, does_not_fit_any_more, waive_first
from services.leave.domain.windows import Entry
from services.leave.domain.wording import day_text


def revive(notice: Notice, held: Sequence[Held]) -> list[DateAnswer]:
    """The lapsed days as they would count again, by the week of their own request.

    Raises RefusedError where other leave has taken the date or the time since.
    """
    rule = notice.rule
    entries = [each.entry for each in held]
    answers = []
    for day in notice.in_state(LAPSED):
        answer = DateAnswer(day.date, day.part, FITS, minutes=day.minutes)
        others = frozenset(
            each.part for each in held if each.employment == notice.employment and each.entry.date == day.date
        )
        if clash(day.part, others):
            sentence = f"They now have other leave on {day_text(day.date)}. Open that request instead."
            answer = replace(answer, state=AWAY_ALREADY, sentence=sentence)
        else:
            answer = fit(answer, entries, rule)
        if answer.is_leave:
            entries.append(Entry(answer.day, answer.counted, rule.week))
        answers.append(answer)
    if any(answer.says_no for answer in answers):
        raise does_not_fit_any_more(answers)
    return answers


def require_given(notice: Notice) -> None:
    """Raise RefusedError for a notice that does not wait for an acknowledgement alone."""
    if notice.state in (LATE, LAPSED):
        raise waive_first(notice.state)
    if notice.state != GIVEN:
        raise already_decided(notice.state)
