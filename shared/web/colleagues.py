"""Who somebody is on a page: the name where the reader may know it, with staff number and post."""

from __future__ import annotations

from collections.abc import Mapping

from flask import g

from shared.web.access import checked
from shared.web.actor import current_actor
from shared.web.bearer import bearer_token
from shared.web.service_clients import service_clients


def with_names(labels: Mapping[str, str], persons: Mapping[str, str] | None = None) -> dict[str, str]:
    """Labels, each with the name in front that the service of names tells this reader.

    ``labels`` are by person (UUID as text), or by keys of which ``persons`` tells the person: somebody with two posts
    has two labels.

    Pages and the home page's lines alone do this: the name is asked for at the moment of showing it, and kept nowhere
    else. Where the reader may not know a name, or the service of names is silent, staff number and post stand alone.
    Raises ``RuntimeError`` before the page's own access check: asking for names is none.
    """
    if not checked():
        raise RuntimeError("Names are asked for after the access check, not in its place")
    whose = {key: persons[key] if persons else key for key in labels}
    names = service_clients().names_for(
        current_actor(), sorted(set(whose.values())), g.session_token or bearer_token() or ""
    )
    return {key: _known_as(names.get(whose[key], ""), label) for key, label in labels.items()}


def with_name(person: str, label: str) -> str:
    """The same for one person."""
    return with_names({person: label})[person]


def _known_as(name: str, label: str) -> str:
    return f"{name} ({label})" if name and label else name or label
