"""What every page of reporting is registered on, and how a figure is shown on them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from flask import Blueprint
from markupsafe import Markup, escape

from services.reporting.domain.markers import MEANINGS
from shared.demonstration.scale import people_each
from shared.web.state import state

blueprint = Blueprint("reporting", __name__, url_prefix="/reporting", template_folder="templates")

_SIGNS: Final = {
    sign: Markup('<abbr title="{0}">{1}</abbr><span class="govuk-visually-hidden"> {0}</span>').format(words, sign)
    for sign, words in MEANINGS.items()
}


@blueprint.context_processor
def scales() -> dict[str, Mapping[str, int]]:
    """For how many people one stands, by organisation, where a headcount is shown; empty outside a demonstration."""
    return {"scales": people_each(state().settings)}


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
