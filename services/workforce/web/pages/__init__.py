"""The pages of workforce, on one blueprint."""

from services.workforce.web.blueprint import blueprint
from services.workforce.web.pages import staff

__all__ = ["blueprint", "staff"]
