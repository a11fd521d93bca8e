"""Indicators as lines over months, each with its latest figure and what has changed since a year before it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.reporting.domain.indicator import AnyIndicator, Kind
from services.reporting.domain.markers import MISSING
from services.reporting.domain.months import SPAN_MONTHS, ends_quarter, plus_months
from services.reporting.web.board_cells import BoardCell
from services.reporting.web.board_change import Change, change, in_place_since
from services.reporting.web.words import month_words, number
from shared.web.charts import FULL, SMALL, Chart, Point, Size, line_chart

Cells = Mapping[str, Mapping[str, BoardCell]]
"""Month → cells by indicator; a month without any return is left out."""


@dataclass(frozen=True)
class Line:
    """One indicator over months. ``month``: that of the latest figure; ``since``: since when something is in place.

    ``texts``: by month what a table of many lines has; the chart may leave months out that never have a figure, and
    says more of awards.
    """

    indicator: AnyIndicator
    month: str
    cell: BoardCell
    change: Change
    chart: Chart
    texts: tuple[str, ...]
    since: str = ""

    @property
    def unit(self) -> str:
        """What stands after the figure; nothing after a percentage, or after what one organisation has."""
        plain = self.indicator.organisation and self.cell.rate is None
        return "" if plain or self.cell.is_empty else self.indicator.unit_after(self.cell.text.partition(":")[0])


def lines(
    series: Cells, months: Sequence[str], offered: Iterable[AnyIndicator], *, exact: bool, share: bool, at: str = ""
) -> list[Line]:
    """A small line for each indicator. ``share``: of several organisations counts are drawn as a share.

    ``at``: the month whose figure stands beside the line; empty for the latest that there is.
    """
    return [line(series, months, each, exact=exact, share=share, at=at, size=SMALL) for each in offered]


def line(
    series: Cells,
    months: Sequence[str],
    indicator: AnyIndicator,
    *,
    exact: bool,
    share: bool,
    at: str = "",
    size: Size = FULL,
) -> Line:
    """One indicator's line; ``share`` and ``at`` as above."""
    drawn = months if exact or not indicator.quarterly else [month for month in months if ends_quarter(month)]
    points = [_point(series, each, indicator, share=share) for each in drawn]
    month = at or _latest(series, months, indicator)
    cell, then = _cell(series, month, indicator), plus_months(month, -SPAN_MONTHS)
    before = series[then][indicator.number] if then in series else None
    return Line(
        indicator,
        month,
        cell,
        change(indicator, cell, before, then) if then in (*months, *series) else Change("", ""),
        line_chart(points, "" if indicator.kind in (Kind.PER_HUNDRED, Kind.MEDIAN) else "%", size),
        tuple(_text(_cell(series, each, indicator), indicator, share=share) for each in months),
        in_place_since(indicator, series, months) if indicator.organisation and not share else "",
    )


def _point(series: Cells, month: str, indicator: AnyIndicator, *, share: bool) -> Point:
    """One month. Without a value it is a gap; yes, no and levels are no lengths and not drawn."""
    cell = _cell(series, month, indicator)
    value, text = _shared(cell, cell.text) if indicator.organisation and share else (cell.value, str(cell))
    return Point(month_words(month), value, text, f"{month_words(month)[:3]} {month[2:4]}")


def _text(cell: BoardCell, indicator: AnyIndicator, *, share: bool) -> str:
    """What a table of many has: of several organisations' awards only how many have one."""
    if indicator.organisation and share:
        return _shared(cell, cell.text.partition(":")[0])[1]
    return str(cell)


def _latest(series: Cells, months: Sequence[str], indicator: AnyIndicator) -> str:
    """The last month with a figure, else the last."""
    there = [month for month in months if not _cell(series, month, indicator).is_empty]
    return (there or list(months))[-1]


def _cell(series: Cells, month: str, indicator: AnyIndicator) -> BoardCell:
    return series[month][indicator.number] if month in series else BoardCell(MISSING)


def _shared(cell: BoardCell, words: str) -> tuple[float | None, str]:
    """Of a count of organisations so many for each hundred, and both as text: 50% (1 of 2) [p]."""
    share = cell.rate.value if cell.rate else None
    if share is None:
        return None, str(cell)
    return float(100 * share), " ".join((f"{number(100 * share)}% ({words})", *cell.markers))
