"""The rows of the tables that pages show, from either door. Their columns are named alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from services.reporting.domain.figures import Flow
from services.reporting.domain.leave_taken import paid_share, uptake, volume
from services.reporting.domain.markers import MISSING, PROVISIONAL, REVISED, SUPPRESSED
from services.reporting.domain.released import Released
from services.reporting.domain.returned import Returned
from services.reporting.web.words import number, organisation_words, per_hundred, percentage
from shared.kernel.clock import LONDON

Names = Mapping[str, str]
"""Organisation → its name for people."""


@dataclass(frozen=True)
class Figure:
    """A figure that is shown: its heading where many stand beside each other, and what it is."""

    heading: str
    words: str


COLUMNS = {
    "people": Figure("People", "People who took leave"),
    "headcount": Figure("Headcount", "Headcount, mean of month ends"),
    "uptake": Figure("Uptake", "Leave uptake: people who took leave, as a share of the headcount"),
    "days": Figure("Days", "Reporting days taken"),
    "fte": Figure("FTE", "Full-time equivalents (FTE), mean of month ends"),
    "volume": Figure("Days per 100 FTE", "Reporting days for each 100 FTE"),
    "paid_days": Figure("Paid days", "Reporting days with pay"),
    "unpaid_days": Figure("Unpaid days", "Reporting days without pay"),
    "paid_share": Figure("Paid share", "Paid days, as a share of all days"),
}
"""The figures in the order they are shown."""


@dataclass(frozen=True)
class Marked:
    """Figures of one row as text, each with its markers. ``name``: what the row is called."""

    name: str
    figures: tuple[str, ...]

    @property
    def markers(self) -> tuple[str, ...]:
        """The markers that every figure of the row has beside it, so that a table can show them once."""
        return tuple(
            marker
            for marker in (PROVISIONAL, REVISED)
            if self.figures and all(marker in figure.split() for figure in self.figures)
        )

    def marked(self, words: str) -> str:
        """A name or heading with the row's common markers after it."""
        return " ".join((words, *self.markers))

    @property
    def bare(self) -> tuple[str, ...]:
        """The figures without the row's common markers."""
        return tuple(" ".join(word for word in figure.split() if word not in self.markers) for figure in self.figures)


@dataclass(frozen=True)
class Row(Marked):
    """One organisation's figures in the order of ``COLUMNS``. ``revision`` is empty behind the second door.

    ``slug``: the short name of the organisation, whose name is ``name``.
    """

    as_known: datetime | None = None
    definition: int | None = None
    revision: str = ""
    slug: str = ""

    @property
    def tells_nobody(self) -> bool:
        """Whether even how many people took leave is not shown, to protect them."""
        return bool(self.figures) and SUPPRESSED in self.figures[0].split()

    @property
    def known_on(self) -> date | None:
        """The day, in London, on which it was computed."""
        return self.as_known.astimezone(LONDON).date() if self.as_known else None


def exact_row(returned: Returned, flow: Flow, names: Names) -> Row:
    """A row of exact figures over one of the return's spans."""
    return Row(
        organisation_words(returned.organisation, names),
        tuple(" ".join((text, *returned.markers)) for text in _exact(flow).values()),
        returned.as_known,
        returned.definition,
        str(returned.revision),
        returned.organisation,
    )


def released_row(shown: Released, names: Names) -> Row:
    """A row of what is released."""
    return Row(
        organisation_words(shown.organisation, names),
        tuple(str(shown[name]) for name in COLUMNS),
        shown.as_known,
        shown.definition,
        slug=shown.organisation,
    )


def missing_rows(organisations: Iterable[str], names: Names) -> list[Row]:
    """A row for each organisation without a return."""
    return [Row(organisation_words(organisation, names), (MISSING,) * len(COLUMNS)) for organisation in organisations]


def by_name(rows: Iterable[Row]) -> list[Row]:
    """The rows in the order of their names."""
    return sorted(rows, key=lambda row: row.name)


def _exact(flow: Flow) -> dict[str, str]:
    texts = {
        "people": number(flow.people),
        "headcount": number(flow.headcount, 1),
        "uptake": percentage(uptake(flow)),
        "days": number(flow.days, 2),
        "fte": number(flow.fte, 1),
        "volume": per_hundred(volume(flow)),
        "paid_days": number(flow.paid_days, 2),
        "unpaid_days": number(flow.unpaid_days, 2),
        "paid_share": percentage(paid_share(flow)),
    }
    return {name: texts[name] for name in COLUMNS}
