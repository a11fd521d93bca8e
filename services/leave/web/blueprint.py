"""The blueprint of leave's pages; ``decision_pages.py`` puts what is decided about a notice on it."""

from __future__ import annotations

from flask import Blueprint

from services.leave.web.words import register_words

blueprint = Blueprint("leave", __name__, url_prefix="/leave", template_folder="templates")
register_words(blueprint)
