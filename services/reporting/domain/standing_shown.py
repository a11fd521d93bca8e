"""What an organisation's return says to everybody without a threshold: what it has in place, and its size.

This is all that is released of several organisations together: it counts organisations, or headcounts that are public
and rounded one by one, and nothing that somebody did.
"""

from __future__ import annotations

from dataclasses import dataclass

from services.reporting.domain.indicator import YES, AnyIndicator
from services.reporting.domain.markers import MISSING
from services.reporting.domain.provisions_and_awards import (
    AWARDS,
    CARERS_CHAMPION,
    CARERS_POLICY,
    Awards,
    parse_awards_text,
)
from services.reporting.domain.released import Released


@dataclass(frozen=True, slots=True)
class Standing:
    """One organisation's month. ``headcount``: to the nearest 5.

    ``policy``, ``champion``, ``awards``: None where a return of older definitions does not tell; awards are (scheme,
    level). ``markers``: what each of these carries.
    """

    organisation: str
    headcount: int
    policy: bool | None
    champion: bool | None
    awards: Awards | None
    markers: tuple[str, ...]

    def has(self, indicator: AnyIndicator) -> bool | None:
        """Whether it has what the indicator counts; None where it does not tell."""
        return {
            CARERS_POLICY.number: self.policy,
            AWARDS.number: None if self.awards is None else bool(self.awards),
            CARERS_CHAMPION.number: self.champion,
        }[indicator.number]


def standing_of(shown: Released) -> Standing:
    """The same of what is released."""
    return Standing(
        shown.organisation,
        int(shown["headcount"].text),
        _has(shown[CARERS_POLICY.cell].text),
        _has(shown[CARERS_CHAMPION.cell].text),
        awards_of(shown),
        shown[CARERS_POLICY.cell].markers,
    )


def awards_of(shown: Released) -> Awards | None:
    """What is released of awards; None where it does not tell."""
    text = shown[AWARDS.cell].text
    return None if text == MISSING else parse_awards_text(text)


def _has(text: str) -> bool | None:
    return None if text == MISSING else text == YES
