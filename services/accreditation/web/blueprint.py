"""What every page of accreditation is registered on, and what the pages share."""

from __future__ import annotations

import marshmallow as ma
from flask import Blueprint, request

from services.accreditation.web.words import register_words
from services.accreditation.wiring import AccreditationWiring
from shared.people.questions import all_organisations
from shared.web.app_context import wired
from shared.web.forms import Form
from shared.web.words import slug_words

PAGE_SIZE = 50
"""People on one page."""

blueprint = Blueprint("accreditation", __name__, url_prefix="/accreditation", template_folder="templates")
register_words(blueprint)


def asked_day(schema: ma.Schema) -> Form:
    """The form of a GET with a date in three parts; empty where none is in the address."""
    typed = {name: list(values) for name, values in request.args.lists() if name.startswith("on-")}
    return Form(schema, typed) if any(value for values in typed.values() for value in values) else Form(schema)


def organisation_name(organisation: str) -> str:
    """What an organisation is called; its short name in words where that is not known yet."""
    return organisation_names({organisation})[organisation]


def organisation_names(organisations: set[str]) -> dict[str, str]:
    """What these organisations are called, by their short names."""
    with wired(AccreditationWiring).reading() as connection:
        known = {found.organisation: found.name for found in all_organisations(connection)}
    return {each: known.get(each) or slug_words(each) for each in organisations}
