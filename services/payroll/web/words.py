"""The words that payroll's pages use."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from flask import Blueprint

from services.payroll.domain.lines import PayLine

PAY_WORDS = {"paid": "Paid", "unpaid": "Unpaid"}
"""Whether a line is paid."""


def amount_words(quantity: str, unit: str) -> str:
    """A quantity with its unit, as figures stand in a column: 1.00 day, 1,204.50 days, −0.50 days."""
    amount = Decimal(quantity)
    sign = "−" if amount < 0 else ""
    return f"{sign}{abs(amount):,.2f} {unit.removesuffix('s') if abs(amount) == 1 else unit}"


def total_words(quantities: Mapping[str, str]) -> str:
    """What lines add up to, by unit: 4.00 days, 7.40 hours."""
    return ", ".join(amount_words(quantity, unit) for unit, quantity in quantities.items()) or "Nothing"


def line_words(line: PayLine) -> str:
    """What a line does at payroll."""
    return "Reversal: cancels the line sent before" if line.reverses else "New total for the day"


def code_words(code: str, name: str) -> str:
    """What a code means, with the code behind it: Unpaid absence (A02). Without a code there is nothing to say."""
    return f"{name} ({code})" if code else ""


def counted(number: int, one: str, many: str = "") -> str:
    """1 line, 1,204 lines."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def register_words(blueprint: Blueprint) -> None:
    """Give payroll's templates these words."""
    blueprint.add_app_template_filter(total_words, "total_words")

    @blueprint.context_processor
    def words() -> dict[str, object]:
        return {"amount_words": amount_words, "line_words": line_words, "pay_words": PAY_WORDS, "counted": counted}
