"""Leave's notices and days, and the questions asked of them."""

from services.leave.read.tables import VERSION, metadata

__all__ = ["VERSION", "metadata"]
