"""A department's mapping, dated data: in which pay group, unit and codes a day is sent, and in which columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol, TypeVar

from shared.kernel.errors import InvalidError

PAID: Final = "paid"
UNPAID: Final = "unpaid"
ELEMENTS: Final = (PAID, UNPAID)
"""The pay elements, in the order in which a date is shared out among them."""

ANY: Final = "*"
"""As an employer: every employer that has no entry of its own."""


@dataclass(frozen=True)
class ElementCodes:
    """What a payroll system calls an element. ``continuity``: the marker that service goes on, or empty."""

    absence_code: str
    pay_code: str
    continuity: str


@dataclass(frozen=True)
class ElementNames:
    """What an element's codes mean, in words for pages. They are in no line and in no file."""

    absence_name: str
    pay_name: str
    continuity_name: str


NEUTRAL_NAMES: Final = {
    PAID: ElementNames("Paid absence", "No change to pay", "Service continues"),
    UNPAID: ElementNames("Unpaid absence", "Deduct from pay", "Service continues"),
}
"""The words where a mapping gives none: what is true of each element whatever its codes are."""


@dataclass(frozen=True)
class CodeMapping:
    """How an employer's days are sent from a date on. ``version`` is stored with each decision made by it."""

    version: str
    employer: str
    starts: date
    pay_group: str
    unit: str
    elements: Mapping[str, ElementCodes]
    names: Mapping[str, ElementNames]


@dataclass(frozen=True)
class Column:
    """One column of a file: its heading, and the field of a line that fills it."""

    heading: str
    field: str


@dataclass(frozen=True)
class Layout:
    """The columns of an employer's file for batches sealed from a date on."""

    version: str
    employer: str
    starts: date
    columns: tuple[Column, ...]


class _Dated(Protocol):
    @property
    def employer(self) -> str: ...
    @property
    def starts(self) -> date: ...


D = TypeVar("D", bound=_Dated)


@dataclass(frozen=True)
class PayMapping:
    """All entries of a mapping. Codes go by the date of the line, layouts by the day of sealing."""

    codes: tuple[CodeMapping, ...]
    layouts: tuple[Layout, ...]

    def codes_on(self, employer: str, day: date) -> CodeMapping:
        """How a day of this employer is sent. Raises InvalidError where the mapping does not cover it."""
        return _in_force(self.codes, employer, day, "codes")

    def layout_on(self, employer: str, day: date) -> Layout:
        """The columns of this employer's file on a day. Raises InvalidError where the mapping does not cover it."""
        return _in_force(self.layouts, employer, day, "layouts")

    def names_of(self, employer: str, element: str, codes: ElementCodes) -> ElementNames:
        """What the codes of a line mean. Those that the mapping no longer has are told by their element alone."""
        for entry in sorted(self.codes, key=lambda each: (each.employer == employer, each.starts), reverse=True):
            if entry.employer in (employer, ANY) and entry.elements[element] == codes:
                return entry.names[element]
        return NEUTRAL_NAMES[element]


def _in_force(entries: Sequence[D], employer: str, day: date, what: str) -> D:
    for named in (employer, ANY):
        candidates = [entry for entry in entries if entry.employer == named and entry.starts <= day]
        if candidates:
            return max(candidates, key=lambda entry: entry.starts)
    raise InvalidError(
        f"The pay mapping has no {what} for employer {employer} on {day}. Add an entry that starts by then.",
        code="not-mapped",
    )
