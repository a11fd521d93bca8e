"""What every page of workforce is registered on."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("workforce", __name__, url_prefix="/workforce", template_folder="templates")
