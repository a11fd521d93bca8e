"""What every page of reporting is registered on, and how a figure is shown on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from flask import Blueprint
from markupsafe import Markup, escape

from services.reporting.domain.markers import MEANINGS
from services.reporting.web.board_lines import Line
from services.reporting.web.rows import Marked
from services.reporting.web.words import month_words
from shared.demonstration.scale import in_scale, people_each, without_history
from shared.web.app_context import app_context

blueprint = Blueprint("reporting", __name__, url_prefix="/reporting", template_folder="templates")

_SIGNS: Final = {
    sign: Markup('<abbr title="{0}">{1}</abbr><span class="govuk-visually-hidden"> {0}</span>').format(words, sign)
    for sign, words in MEANINGS.items()
}


@blueprint.context_processor
def scales() -> dict[str, object]:
    """What pages with headcounts say of the demonstration's world; empty outside a demonstration.

    ``scales``: by organisation for how many people one stands; ``in_scale``: the words of a headcount with that;
    ``untold``: the organisations of which nobody's days are told.
    """
    settings = app_context().settings
    each: Mapping[str, int] = people_each(settings)
    return {"scales": each, "in_scale": in_scale, "untold": without_history(settings)}


@blueprint.app_template_filter("by_month")
def by_month(lines: Sequence[Line], months: Sequence[str]) -> list[Marked]:
    """What a table of these lines has, a row a month, the newest first."""
    rows = [Marked(month_words(month), tuple(each.texts[n] for each in lines)) for n, month in enumerate(months)]
    return rows[::-1]


@blueprint.app_template_filter("marked")
def marked(text: object) -> Markup:
    """A figure with its markers, each with its reason for whoever hears the page or points at it."""
    if isinstance(text, Markup):
        return text
    words = str(text)
    if words[:4].isdecimal():
        words = " ".join(_grouped(word) for word in words.split(" "))
    return _explained(words) if "[" in words else escape(words)


def _grouped(word: str) -> str:
    """A great number with its thousands apart: 1,130."""
    whole, point, part = word.partition(".")
    return f"{int(whole):,}{point}{part}" if whole.isdecimal() else word


@lru_cache(maxsize=256)
def _explained(words: str) -> Markup:
    return Markup(" ").join(_SIGNS.get(word) or escape(word) for word in words.split(" "))
