"""The pages of leave, on one blueprint."""

from services.leave.web.blueprint import blueprint
from services.leave.web.pages import asking, decisions, requests

__all__ = ["asking", "blueprint", "decisions", "requests"]
