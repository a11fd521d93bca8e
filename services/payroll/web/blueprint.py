"""What every page of payroll is registered on."""

from __future__ import annotations

from flask import Blueprint

from services.payroll.web.words import register_words

blueprint = Blueprint("payroll", __name__, url_prefix="/payroll", template_folder="templates")
register_words(blueprint)
