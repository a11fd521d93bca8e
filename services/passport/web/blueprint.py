"""The blueprint of the passport's pages; the modules whose names end in ``_pages`` put theirs on it."""

from __future__ import annotations

from flask import Blueprint

from services.passport.web.words import register_words

blueprint = Blueprint("passport", __name__, url_prefix="/passport", template_folder="templates")
register_words(blueprint)
