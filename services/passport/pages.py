"""The pages of the passport, put together."""

from __future__ import annotations

from services.passport import life_pages, own_pages, reader_pages, sharing_pages
from services.passport.blueprint import blueprint

__all__ = ["blueprint", "life_pages", "own_pages", "reader_pages", "sharing_pages"]
