"""A training record: asked, completed, let off, expired."""

from __future__ import annotations

from datetime import date

import pytest

from services.accreditation.domain.training import Assignment, TrainingRecord
from shared.kernel.errors import CarersError, ErasedError
from shared.kernel.provenance import CLOCK
from tests.accreditation.builders import CARER, act, course, topics, version

DAY = date(2026, 3, 2)
COURSE = course(version(1), version(2, date(2026, 2, 1), validity_months=None))
ASKED = Assignment(date(2026, 1, 1), date(2026, 2, 1), 1)
CLOCK_ACT = act(DAY, CLOCK)


@pytest.fixture
def record() -> TrainingRecord:
    return TrainingRecord.open(CARER, act(DAY))


def complete(record: TrainingRecord, on: date = date(2026, 1, 5), number: int = 1) -> str:
    return record.complete(COURSE, number, on, "certificate", "", act(DAY))[0]


def told(record: TrainingRecord) -> list[str]:
    return [topic.removeprefix("accreditation.") for topic in topics(record)[1:]]


def test_what_is_asked_is_told_once(record: TrainingRecord) -> None:
    record.assign(COURSE, ASKED, CLOCK_ACT)
    record.assign(COURSE, ASKED, CLOCK_ACT)
    assert told(record) == ["training.assigned"]


def test_another_first_day_or_round_is_told_again(record: TrainingRecord) -> None:
    record.assign(COURSE, ASKED, CLOCK_ACT)
    record.assign(COURSE, Assignment(date(2026, 1, 2), date(2026, 2, 2), 1), CLOCK_ACT)
    record.assign(COURSE, Assignment(date(2026, 1, 2), date(2026, 2, 2), 2), CLOCK_ACT)
    assert told(record) == ["training.assigned"] * 3


def test_who_left_the_audience_is_asked_no_longer_once(record: TrainingRecord) -> None:
    record.release(COURSE, DAY, CLOCK_ACT)
    record.assign(COURSE, ASKED, CLOCK_ACT)
    record.release(COURSE, DAY, CLOCK_ACT)
    record.release(COURSE, DAY, CLOCK_ACT)
    assert told(record) == ["training.assigned", "training.released"]


def test_a_completion_may_come_before_it_is_asked_for_and_counts_once(record: TrainingRecord) -> None:
    first = record.complete(COURSE, 1, date(2026, 1, 5), "certificate", "", act(DAY))
    again = record.complete(COURSE, 1, date(2026, 1, 5), "learning-system", "Other words", act(DAY))
    assert again == (first[0], False)
    assert first[1]
    assert told(record) == ["training.completed"]


def test_a_completion_expires_by_the_version_that_was_taken(record: TrainingRecord) -> None:
    old, new = complete(record), complete(record, date(2026, 2, 5), 2)
    held = record.of(COURSE.course).completions
    assert held[old].expires_on == date(2027, 1, 5)
    assert held[new].expires_on is None


@pytest.mark.parametrize(
    ("number", "on", "source", "code"),
    [
        (3, date(2026, 1, 5), "certificate", "no-such-version"),
        (1, date(2026, 3, 3), "certificate", "day-to-come"),
        (1, date(2026, 1, 5), "hearsay", "bad-source"),
    ],
)
def test_a_completion_that_cannot_be_is_refused(
    record: TrainingRecord, number: int, on: date, source: str, code: str
) -> None:
    with pytest.raises(CarersError) as refused:
        record.complete(COURSE, number, on, source, "", act(DAY))
    assert refused.value.code_ == code
    assert told(record) == []


def test_nobody_writes_their_own_record(record: TrainingRecord) -> None:
    other = complete(record)
    mine = act(DAY, CARER)
    for write in (
        lambda: record.complete(COURSE, 1, DAY, "certificate", "", mine),
        lambda: record.correct(COURSE, other, mine),
        lambda: record.exempt(COURSE, DAY, None, "other", "", mine),
    ):
        with pytest.raises(CarersError) as refused:
            write()
        assert refused.value.code_ == "own-record"


def test_a_completion_recorded_by_mistake_is_taken_back_and_may_be_recorded_again(record: TrainingRecord) -> None:
    completion = complete(record)
    record.correct(COURSE, completion, act(DAY))
    assert record.of(COURSE.course).completions == {}
    assert complete(record) == completion
    assert told(record) == ["training.completed", "training.corrected", "training.completed"]
    with pytest.raises(CarersError) as refused:
        record.correct(COURSE, "0" * 36, act(DAY))
    assert refused.value.code_ == "not-found"


def test_an_exemption_gets_another_last_day_under_its_first(record: TrainingRecord) -> None:
    record.exempt(COURSE, DAY, None, "other", "", act(DAY))
    record.exempt(COURSE, DAY, None, "other", "", act(DAY))
    record.exempt(COURSE, DAY, date(2026, 4, 1), "other", "", act(DAY))
    record.exempt(COURSE, DAY, date(2026, 3, 1), "other", "", act(DAY))
    assert told(record) == ["training.exempted"] * 3
    record.exempt(COURSE, date(2026, 3, 1), None, "equivalent-training", "", act(DAY))
    assert len(record.of(COURSE.course).exemptions) == 2


@pytest.mark.parametrize(
    ("starts", "until", "code"),
    [
        (date(2026, 2, 1), None, "exemptions-overlap"),
        (date(2026, 2, 1), DAY, "exemptions-overlap"),
        (date(2026, 4, 1), None, "exemptions-overlap"),
        (date(2026, 2, 1), date(2026, 1, 31), "until-before-start"),
    ],
)
def test_two_exemptions_have_no_day_in_common(
    record: TrainingRecord, starts: date, until: date | None, code: str
) -> None:
    record.exempt(COURSE, DAY, date(2026, 4, 1), "other", "", act(DAY))
    with pytest.raises(CarersError) as refused:
        record.exempt(COURSE, starts, until, "other", "", act(DAY))
    assert refused.value.code_ == code


def test_time_away_counts_from_its_twenty_ninth_day(record: TrainingRecord) -> None:
    record.exempt(COURSE, DAY, None, "long-absence", "", act(DAY))
    event = record.pending_events[-1]
    assert isinstance(event, TrainingRecord.Exempted)
    assert event.counted_from == "2026-03-30"


def test_an_unknown_reason_is_refused(record: TrainingRecord) -> None:
    with pytest.raises(CarersError) as refused:
        record.exempt(COURSE, DAY, None, "illness", "", act(DAY))
    assert refused.value.code_ == "bad-reason"


def test_a_completion_expires_on_its_day_once(record: TrainingRecord) -> None:
    completion = complete(record)
    record.expire(COURSE, completion, act(date(2027, 1, 4), CLOCK))
    assert told(record) == ["training.completed"]
    record.expire(COURSE, completion, act(date(2027, 1, 5), CLOCK))
    record.expire(COURSE, completion, act(date(2027, 1, 6), CLOCK))
    assert told(record) == ["training.completed", "training.expired"]
    record.expire(COURSE, "0" * 36, act(date(2027, 1, 6), CLOCK))
    assert len(told(record)) == 2


@pytest.mark.parametrize(("later", "renewed"), [(date(2026, 12, 1), True), (date(2027, 1, 5), True), (None, False)])
def test_an_expiry_says_whether_another_completion_counted(
    record: TrainingRecord, later: date | None, renewed: bool
) -> None:
    completion = complete(record)
    if later:
        record.complete(COURSE, 1, later, "certificate", "", act(date(2027, 2, 1)))
    record.expire(COURSE, completion, act(date(2027, 2, 1), CLOCK))
    event = record.pending_events[-1]
    assert isinstance(event, TrainingRecord.Expired)
    assert (event.expired_on, event.renewed) == ("2027-01-05", renewed)


def test_an_erased_record_takes_nothing_more(record: TrainingRecord) -> None:
    record.forget(act(DAY, "system"))
    record.forget(act(DAY, "system"))
    assert told(record) == ["training-record.forgotten"]
    with pytest.raises(ErasedError):
        complete(record)
    with pytest.raises(ErasedError):
        record.assign(COURSE, ASKED, CLOCK_ACT)
