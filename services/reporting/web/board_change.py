"""What has changed since a year ago: one cell of the board beside the same one of then, in words with a direction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from services.reporting.domain.indicator import NO, YES, AnyIndicator, Kind
from services.reporting.domain.markers import MISSING, NOT_APPLICABLE, SUPPRESSED
from services.reporting.web.board_cells import BoardCell
from services.reporting.web.words import month_words

UP: Final = "up"
DOWN: Final = "down"
SAME: Final = "same"

_WHY_NOT: Final = {
    MISSING: "no return for {then}",
    SUPPRESSED: "the figure for {then} is not shown, to protect privacy",
    NOT_APPLICABLE: "not applicable in {then}",
}


@dataclass(frozen=True)
class Change:
    """``direction``: up, down or same, empty where the two do not compare; ``words`` say it too."""

    direction: str
    words: str


def change(indicator: AnyIndicator, now: BoardCell, then: BoardCell | None, month: str) -> Change:
    """The change to a cell. ``then``: the same cell in the earlier ``month``, None where nothing is known of it."""
    when = month_words(month)
    if now.is_empty:
        return Change("", "")
    if then is None or then.is_empty:
        reason = _WHY_NOT[then.text if then else MISSING].format(then=when)
        return Change("", f"Nothing to compare with: {reason}")
    if indicator.organisation and then.rate is None:
        return _had(now.text, then.text, when)
    if indicator.organisation:
        return _organisations(now, then, when)
    return _moved(indicator, now, then, when)


def _had(now: str, then: str, when: str) -> Change:
    """Of one organisation, which has something or has it not."""
    if now == then:
        return Change(SAME, f"The same in {when}")
    if then == NO:
        return Change(UP, f"New since {when}")
    was = "in place" if then == YES else then
    return Change(DOWN if now == NO else SAME, f"In {when}: {was}")


def _organisations(now: BoardCell, then: BoardCell, when: str) -> Change:
    """Of several organisations, how many more or fewer have something."""
    if now.rate is None or then.rate is None:
        return Change("", "")
    more, was = int(now.rate.numerator - then.rate.numerator), then.text.partition(":")[0]
    if not more:
        return Change(SAME, f"No change in number: {was} in {when}")
    return Change(UP if more > 0 else DOWN, f"{'Up' if more > 0 else 'Down'} {abs(more)} from {was} in {when}")


def _moved(indicator: AnyIndicator, now: BoardCell, then: BoardCell, when: str) -> Change:
    if now.value is None or then.value is None:
        return Change("", "")
    more = round(now.value - then.value, 1)
    if not more:
        return Change(SAME, f"No change: {then.text} in {when}")
    amount = f"{abs(more):g} {_unit(indicator, abs(more))}"
    return Change(UP if more > 0 else DOWN, f"{'Up' if more > 0 else 'Down'} {amount} from {then.text} in {when}")


def _unit(indicator: AnyIndicator, amount: float) -> str:
    if indicator.kind in (Kind.PER_HUNDRED, Kind.MEDIAN):
        return "day" if amount == 1 else "days"
    return "percentage point" if amount == 1 else "percentage points"


def in_place_since(
    indicator: AnyIndicator, series: Mapping[str, Mapping[str, BoardCell]], months: Sequence[str]
) -> str:
    """Since when one organisation has what it has, by the months that are looked at; empty where it has nothing."""
    texts = [series[month][indicator.number].text if month in series else MISSING for month in months]
    if not texts or texts[-1] in (NO, MISSING):
        return ""
    number = len(texts) - 1
    while number and texts[number - 1] == texts[-1]:
        number -= 1
    since = month_words(months[number])
    seen = number and texts[number - 1] != MISSING
    return f"Since {since}" if seen else f"Since {since} or before"
