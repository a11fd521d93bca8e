"""Which passports there are and what they wait for, without a word of them, and the questions asked of that."""

from services.passport.read.tables import VERSION, metadata

__all__ = ["VERSION", "metadata"]
