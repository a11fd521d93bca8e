"""The pages of payroll, on one blueprint."""

from services.payroll.web.blueprint import blueprint
from services.payroll.web.pages import batches

__all__ = ["batches", "blueprint"]
