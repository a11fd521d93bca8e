"""The pages of passport, on one blueprint."""

from services.passport.web.blueprint import blueprint
from services.passport.web.pages import life, own, readers, sharing

__all__ = ["blueprint", "life", "own", "readers", "sharing"]
