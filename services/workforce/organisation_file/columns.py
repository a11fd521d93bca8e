"""The columns of the organisation file: what each holds, and the function that understands a cell of it."""

from __future__ import annotations

from typing import Final

from services.workforce.domain.organisation import KINDS, slug_of
from services.workforce.domain.terms import LONGEST_NAME, check_text
from shared.files.columns import Column, choice_cell


def _named(cell: str) -> tuple[str, str]:
    """The name and the slug that it makes."""
    return cell, slug_of("organisation", cell)


def _group(cell: str) -> str:
    check_text("group", cell, LONGEST_NAME)
    return cell


COLUMNS: Final = (
    Column("organisation", "The organisation, by the name that its own staff file has.", "Met Office", _named),
    Column(
        "group",
        "The department to which the organisation belongs, by name; empty: none.",
        "Ministry of Defence",
        _group,
        needed=False,
        filled=False,
        repeats=True,
    ),
    Column(
        "organisation_kind",
        f"{' or '.join(KINDS)}; empty: department.",
        "department",
        choice_cell("organisation_kind", KINDS),
        needed=False,
        filled=False,
        repeats=True,
    ),
)
"""Every column; their order in a file does not matter, and all but the first may be left out."""
