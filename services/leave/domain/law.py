"""The law of carer's leave as dated data: which rules hold for a notice given on a day, for a post in a nation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Final


@dataclass(frozen=True)
class Law:
    """One version of the rules. Every decision stores ``version``.

    Carer's Leave Act 2023 (Employment Rights Act 1996 ss.80J to 80N) and Carer's Leave Regulations 2024
    (SI 2024/251).

    ``in_force``: for notices given on or after it; leave before it never counts. ``statuses``: who has the right.
    ``window_months``: the rolling window. ``notice_multiple`` and ``notice_least``: regulation 7, days of notice
    for each day asked, and at least. ``published_readings_waived``: the employer stands by the readings that
    Acas and GOV.UK publish where they are kinder than the text, a standing waiver under regulation 7(5).
    ``postponement_days``: how long after the day of notice a postponement is possible; ``postponement_months``: how
    long after the first day asked postponed leave can start, regulation 8.
    ``morning_begins``, ``afternoon_begins``: when a part of a day begins, London time; a working pattern holds
    minutes and no times of day, so these stand for its first scheduled minute.
    """

    version: str
    nations: frozenset[str]
    in_force: date
    statuses: frozenset[str]
    window_months: int = 12
    notice_multiple: int = 2
    notice_least: int = 3
    published_readings_waived: bool = True
    postponement_days: int = 7
    postponement_months: int = 1
    morning_begins: time = time(9)
    afternoon_begins: time = time(13)


LAWS: Final = (
    Law(
        version="great-britain-2024-04-06",
        nations=frozenset({"england", "wales", "scotland"}),
        in_force=date(2024, 4, 6),
        statuses=frozenset({"employee"}),
    ),
)


def law_for(nation: str, given_on: date) -> Law | None:
    """The rules for a notice given on a day for a post worked in a nation; None where there is no such right."""
    fitting = [law for law in LAWS if nation in law.nations and law.in_force <= given_on]
    return max(fitting, key=lambda law: law.in_force, default=None)


def first_in_force(nation: str) -> date | None:
    """The day from which there has been such a right in a nation; None where there is none."""
    return min((law.in_force for law in LAWS if nation in law.nations), default=None)


def law_named(version: str) -> Law:
    """The rules by the version that a decision stored; no version is ever taken out of the table."""
    return next(law for law in LAWS if law.version == version)
