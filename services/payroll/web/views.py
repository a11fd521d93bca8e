"""What payroll's pages show of lines: whose they are by name, and what their codes mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from services.payroll.application import Payroll
from services.payroll.domain.lines import PayLine
from services.payroll.domain.mapping import ElementCodes
from services.payroll.read.erased_persons import erased_among
from services.payroll.web.words import amount_words, code_words, line_words
from services.payroll.wiring import PayrollWiring
from shared.web.app_context import wired
from shared.web.colleagues import with_names
from shared.web.words import short_day

ERASED = "Erased"
"""In place of who it was, of a person who was erased."""


@dataclass(frozen=True)
class LineShown:
    """A line in words. ``who``: name, staff number and job title; ``continuity``: empty where the line has no mark."""

    who: str
    date: str
    amount: str
    absence: str
    pay: str
    continuity: str
    kind: str


def application() -> Payroll:
    """The service's application."""
    return wired(PayrollWiring).application


def lines_in_words(connection: Connection, lines: Sequence[PayLine]) -> list[LineShown]:
    """The lines for a page, with the names that the reader may know; an erased person's number is not shown."""
    erased = erased_among(connection, (line.person for line in lines))
    labels = {line.key: f"{line.staff_number}, {line.post}" for line in lines if line.person not in erased}
    names = with_names(labels, {line.key: line.person for line in lines})
    return [_in_words(line, names) for line in lines]


def _in_words(line: PayLine, names: Mapping[str, str]) -> LineShown:
    codes = ElementCodes(line.absence_code, line.pay_code, line.continuity)
    meaning = application().mapping.names_of(line.employer, line.element, codes)
    return LineShown(
        who=names.get(line.key, ERASED),
        date=short_day(line.date),
        amount=amount_words(line.quantity, line.unit),
        absence=code_words(line.absence_code, meaning.absence_name),
        pay=code_words(line.pay_code, meaning.pay_name),
        continuity=code_words(line.continuity, meaning.continuity_name),
        kind=line_words(line),
    )
