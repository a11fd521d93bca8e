"""The pages of reporting, on one blueprint."""

from services.reporting.web.blueprint import blueprint
from services.reporting.web.pages import board, hold, over_time, overview

__all__ = ["blueprint", "board", "hold", "over_time", "overview"]
