"""What reporting keeps to answer questions, and the questions, each file named for its own."""

from services.reporting.read.tables import metadata

VERSION = 4
"""Of the tables' shape and meaning: another number is filled by a rebuild, then switched to."""

__all__ = ["VERSION", "metadata"]
