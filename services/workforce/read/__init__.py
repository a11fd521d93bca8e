"""Workforce's lists, and the questions asked of them."""

from services.workforce.read.tables import VERSION, metadata

__all__ = ["VERSION", "metadata"]
