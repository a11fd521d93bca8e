"""Payroll's lists, and the questions asked of them."""

from services.payroll.read.tables import VERSION, metadata

__all__ = ["VERSION", "metadata"]
