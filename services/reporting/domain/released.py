"""The second door: what anybody else may see of a return, made only here.

Of what is sensitive, one release holds for an organisation and a month only the month's own flows, and at the end of
a quarter the share of passports in date. Months do not overlap, no breakdown and no total over organisations is
released, and paid and unpaid days are released together or not at all. So nothing that is released adds up with
something else to a suppressed number, apart from days = paid + unpaid, where a suppressed part leaves the other part
suppressed too.
The shares of notices, passports and people trained leave as whole percentages without their counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from services.reporting.domain.catalogue import ONE_BY_ONE
from services.reporting.domain.disclosure import rounded_count
from services.reporting.domain.indicator import AnyIndicator
from services.reporting.domain.markers import MISSING, PROVISIONAL, REVISED, SUPPRESSED
from services.reporting.domain.returned import Returned

_MADE_HERE: Final = object()


@dataclass(frozen=True)
class Cell:
    """One released number as text, or the marker that stands in its place, and the markers beside it."""

    text: str
    markers: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join((self.text, *self.markers))


STOCKS: Final = ("headcount", "fte")
"""The cells of staff numbers, which are public."""

SENSITIVE_CELLS: Final = tuple(name for each in ONE_BY_ONE if not each.organisation for name in each.cells)
"""Every cell that tells of people; the others are staff numbers that are public, and what an organisation has."""


@dataclass(frozen=True)
class Released:
    """What a release shows of one organisation's month: text and markers, never a raw value.

    ``cells``: by name, those of ``STOCKS`` and of every indicator. What a return of older definitions does not have is
    missing.
    """

    organisation: str
    month: str
    definition: int
    as_at: date
    as_known: datetime
    cells: Mapping[str, Cell]
    seal: object = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.seal is not _MADE_HERE:
            raise TypeError("Only released() makes a Released.")

    def __getitem__(self, name: str) -> Cell:
        return self.cells[name]


def released(returned: Returned, *, on: date | None, revised_since: bool = False) -> Released:
    """What may be shown of a return.

    ``on``: the day of the release that holds this revision, None where no release does; then, and for a return
    that is not complete, every sensitive cell is suppressed and provisional, because a figure that moves from day
    to day shows single days. ``revised_since``: a later revision exists.
    """
    final = on is not None and returned.complete
    markers = ((REVISED,) if revised_since else ()) + (() if final else (PROVISIONAL,))
    flow = returned.figures.month
    texts = {name: str(rounded_count(getattr(flow, name))) for name in STOCKS}
    for each in ONE_BY_ONE:
        texts |= _texts(each, returned, final=final)
    return Released(
        organisation=returned.organisation,
        month=returned.month,
        definition=returned.definition,
        as_at=returned.as_at,
        as_known=returned.as_known,
        cells={name: Cell(text, markers) for name, text in texts.items()},
        seal=_MADE_HERE,
    )


def _texts(indicator: AnyIndicator, returned: Returned, *, final: bool) -> dict[str, str]:
    """An indicator's cells. What an organisation has is no secret of anybody's, and shown at once."""
    if not final and not indicator.organisation:
        return dict.fromkeys(indicator.cells, SUPPRESSED)
    found = indicator.texts(returned.figures, returned.month)
    if found is None:
        return dict.fromkeys(indicator.cells, MISSING)
    shown = found or (None,) * len(indicator.cells)
    return {name: text or SUPPRESSED for name, text in zip(indicator.cells, shown, strict=True)}
