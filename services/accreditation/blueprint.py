"""What every page of accreditation is registered on, and what the pages share."""

from __future__ import annotations

import marshmallow as ma
from flask import Blueprint, request

from services.accreditation.words import register_words
from shared.people.questions import organisation_named
from shared.web.forms import Form
from shared.web.wiring import wiring

PAGE_SIZE = 50
"""People on one page."""

blueprint = Blueprint("accreditation", __name__, url_prefix="/accreditation", template_folder="templates")
register_words(blueprint)


def asked_day(schema: ma.Schema) -> Form:
    """The form of a GET with a date in three parts; empty where none is in the address."""
    typed = {name: list(values) for name, values in request.args.lists() if name.startswith("on-")}
    return Form(schema, typed) if any(value for values in typed.values() for value in values) else Form(schema)


def organisation_name(organisation: str) -> str:
    """What an organisation is called; its slug where that is not known yet."""
    with wiring("accreditation").reading() as connection:
        found = organisation_named(connection, organisation)
    return found.name if found else organisation
