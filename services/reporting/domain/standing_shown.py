"""What an organisation's return says to everybody without a threshold: what it has in place, and its size.

This is all that is released of several organisations together: it counts organisations, or headcounts that are public
and rounded one by one, and nothing that somebody did.
"""

from __future__ import annotations

from dataclasses import dataclass

from services.reporting.domain.markers import MISSING
from services.reporting.domain.released import NO, YES, Released


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
    awards: tuple[tuple[str, str], ...] | None
    markers: tuple[str, ...]

    def has(self, number: str) -> bool | None:
        """Whether it has what indicator 17, 18 or 24 counts; None where it does not tell."""
        if number == "18":
            return None if self.awards is None else bool(self.awards)
        return {"17": self.policy, "24": self.champion}[number]


def standing_of(shown: Released) -> Standing:
    """The same of what is released."""
    return Standing(
        shown.organisation,
        int(shown.headcount.text),
        _has(shown.policy.text),
        _has(shown.champion.text),
        None if shown.awards.text == MISSING else awards_of(shown),
        shown.policy.markers,
    )


def awards_of(shown: Released) -> tuple[tuple[str, str], ...]:
    """(scheme, level) of what is released of awards; none where it does not tell."""
    if shown.awards.text in (NO, MISSING):
        return ()
    pairs = (award.split() for award in shown.awards.text.split(", "))
    return tuple((scheme, level) for scheme, level in pairs)


def _has(text: str) -> bool | None:
    return None if text == MISSING else text == YES
