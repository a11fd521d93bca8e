"""The indicators as rates of a flow: what is divided by what."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from services.reporting.domain.figures import Flow


@dataclass(frozen=True)
class Rate:
    """A figure and what it is divided by, exact."""

    numerator: Fraction
    denominator: Fraction

    @property
    def value(self) -> Fraction | None:
        """Numerator ÷ denominator; None over nothing, where the figure is not applicable."""
        return self.numerator / self.denominator if self.denominator else None


def uptake(flow: Flow) -> Rate:
    """Indicator 10: distinct people with a day taken ÷ mean headcount."""
    return Rate(Fraction(flow.people), flow.headcount)


def volume(flow: Flow) -> Rate:
    """Indicator 11: days taken, paid and unpaid ÷ mean FTE."""
    return Rate(flow.days, flow.fte)


def paid_share(flow: Flow) -> Rate:
    """Indicator 12: paid days ÷ all days."""
    return Rate(flow.paid_days, flow.days)
