"""Identifiers. Persons and aggregates are UUIDs; organisations and employers are slugs that never change."""

from __future__ import annotations

import re
import unicodedata
from uuid import UUID, uuid4, uuid5

_NAMESPACE = UUID("4b3b7d3c-3c0f-5b44-9c52-6f0a0d7a8b11")


def new_id() -> UUID:
    """A fresh random identifier."""
    return uuid4()


def derived_id(kind: str, *parts: str) -> UUID:
    """The identifier of the one thing of this kind that the parts name, the same wherever it is computed."""
    return uuid5(_NAMESPACE, "/".join((kind, *parts)))


def slug(name: str) -> str:
    """A lower-case name with hyphens, fit for URLs and routing keys.

    >>> slug("Department for Work & Pensions")
    'department-for-work-and-pensions'
    """
    plain = unicodedata.normalize("NFKD", name.replace("&", " and ")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "").lower()).strip("-")
