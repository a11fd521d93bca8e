"""Accreditation's lists, and the questions asked of them."""

from services.accreditation.read.tables import VERSION, metadata

__all__ = ["VERSION", "metadata"]
