"""How long before the first day of leave notice must be given: one regulation, three published readings.

Regulation 7 of SI 2024/251: before the earlier of (a) twice as many days before the first day as there are days or
part days in the notice and (b) three days before it. Days are calendar days in London, midnight to midnight.
Acas counts by total duration and "at least"; GOV.UK gives max(3, ⌈2 × days⌉). Notice is in time if any is met.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from services.leave.domain.law import Law
from services.leave.domain.parts import share_of


@dataclass(frozen=True)
class NoticePeriod:
    """Days that must lie between the day of notice and the first day of leave, by each reading."""

    text: int
    acas: int
    govuk: int

    def days(self, law: Law) -> int:
        """The fewest days by which notice is in time under the law's readings."""
        return min(self.text, self.acas, self.govuk) if law.published_readings_waived else self.text

    def latest(self, first_day: date) -> dict[str, date]:
        """The last day of notice for a first day of leave, by reading."""
        readings = {"text": self.text, "acas": self.acas, "govuk": self.govuk}
        return {reading: first_day - timedelta(days=days) for reading, days in readings.items()}


def notice_period(parts: Sequence[str], law: Law) -> NoticePeriod:
    """The period for a notice of these parts of days, one for each date."""
    duration = sum(share_of(part) for part in parts)
    least, multiple = law.notice_least, law.notice_multiple
    return NoticePeriod(
        text=max(least, multiple * len(parts)) + 1,
        acas=max(least, multiple * ceil(duration)),
        govuk=max(least, ceil(multiple * duration)),
    )


def last_in_time(latest: Mapping[str, date], law: Law) -> date:
    """The last day of notice in time, of the last days by each reading: the latest of the readings that count."""
    return max(latest.values()) if law.published_readings_waived else latest["text"]


def postponement_deadline(given_on: date, first_day: date, law: Law) -> date:
    """The last day on which the employer could postpone, inclusive: regulation 8. After it the leave stands."""
    return min(given_on + timedelta(days=law.postponement_days), first_day - timedelta(days=1))
