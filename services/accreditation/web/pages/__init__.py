"""The pages of accreditation, on one blueprint."""

from services.accreditation.web.blueprint import blueprint
from services.accreditation.web.pages import awards, courses, overview, provisions, training

__all__ = ["awards", "blueprint", "courses", "overview", "provisions", "training"]
