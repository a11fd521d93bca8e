"""Bank holidays of a nation and an employer's own non-working days, as a value with a version and a provenance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final

from shared.kernel.errors import InvalidError

NATIONS: Final = ("england", "wales", "scotland", "northern-ireland", "overseas")
"""Where a post is worked. England and Wales share bank holidays; overseas posts have those of their employer only."""

MORNING: Final = frozenset({"am"})
AFTERNOON: Final = frozenset({"pm"})
WHOLE_DAY: Final = frozenset({"am", "pm"})

_NOTHING: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True)
class Calendar:
    """What a nation's bank holidays and an employer's closures take out of a working pattern.

    ``bank_holidays``: date → name. ``closures``: date → the parts closed, ``WHOLE_DAY``, ``MORNING`` or ``AFTERNOON``.
    ``version`` and ``provenance`` say which list it was and where it came from, since public lists differ.
    Raises InvalidError for an unknown nation and for a closure of no known part.
    """

    nation: str
    version: str
    provenance: str
    bank_holidays: Mapping[date, str] = field(default_factory=dict)
    closures: Mapping[date, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.nation not in NATIONS:
            raise InvalidError(f"'{self.nation}' is not one of {', '.join(NATIONS)}.", code="unknown-nation")
        for day, parts in self.closures.items():
            if not parts or not parts <= WHOLE_DAY:
                raise InvalidError(f"The closure on {day} must name am, pm or both.", code="bad-closure")
        object.__setattr__(self, "bank_holidays", MappingProxyType(dict(self.bank_holidays)))
        object.__setattr__(self, "closures", MappingProxyType(dict(self.closures)))

    def parts_off(self, day: date, *, works_bank_holidays: bool = False) -> frozenset[str]:
        """The parts of the day, of "am" and "pm", that nobody with such a pattern works.

        Closures are the employer's and hold for those who work on bank holidays too.
        """
        if not works_bank_holidays and day in self.bank_holidays:
            return WHOLE_DAY
        return self.closures.get(day, _NOTHING)
