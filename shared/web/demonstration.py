"""What only practice has: choosing who to be, and moving the date. Only for requests from the machine itself."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Any, Final

from flask import request

from shared.kernel.errors import NotFoundError
from shared.web.directory import Directory, Persona
from shared.web.state import state

_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP")


def here() -> bool:
    """Whether this request came from this machine itself, under its own name, and through no proxy."""
    settings = state().settings
    if any(name in request.headers for name in _FORWARDED):
        return False
    host = request.host.rpartition(":")[0] if request.host.rpartition(":")[2].isdigit() else request.host
    if host not in settings.demonstration_hosts:
        return False
    try:
        sender = ip_address(request.remote_addr or "")
    except ValueError:
        return False
    sender = getattr(sender, "ipv4_mapped", None) or sender
    return any(sender in ip_network(network) for network in settings.demonstration_networks)


def only_here() -> None:
    """Raise ``NotFoundError`` outside the demonstration, and for requests from elsewhere."""
    if not (state().settings.demonstration and here()):
        raise NotFoundError("There is nothing at this address. Check it, or go back to the start page.")


@dataclass(frozen=True)
class Role:
    """One that somebody can take in the demonstration.

    ``word``: as on the button; ``persona``: as the service that keeps the names calls it; ``you``: as in "You are …";
    ``why``: what there is to do, where nothing better is known of a person.
    """

    word: str
    persona: str
    you: str
    why: str


ROLES: Final[Mapping[str, Role]] = {
    "carer": Role("Carer", "Carer", "a carer", "can ask for leave and see how many days are left"),
    "manager": Role("Manager", "Line manager", "a line manager", "answers requests for leave"),
    "hr": Role("HR", "HR", "in HR", "sees the organisation’s leave, training and figures"),
    "payroll": Role("Payroll", "Payroll", "in payroll", "sends pay lines"),
    "statistics": Role("Statistics", "Statistics", "in statistics", "sees the figures of every organisation"),
    "operator": Role("Operator", "Operator", "an operator", "looks after the services"),
}
"""By the short name that addresses, forms and the file of default persons use."""

DEFAULTS_FILE: Final = "defaults.json"


@dataclass(frozen=True)
class DefaultPerson:
    """Who to offer for a role in an organisation. ``why``: what they have to do or to see, without a name."""

    role: str
    organisation: str
    person: str
    why: str


def default_persons() -> tuple[DefaultPerson, ...]:
    """Those that whoever made the demonstration's history wrote down, in their order; none where there is no file.

    The file is a JSON list of ``{"role", "organisation", "person", "why"}``; what cannot be used is left out.
    """
    file = state().settings.var / DEFAULTS_FILE
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ()
    if not isinstance(rows, list):
        return ()
    return tuple(found for row in rows if (found := _default_person(row)))


def _default_person(row: Any) -> DefaultPerson | None:
    if not isinstance(row, dict):
        return None
    texts = [row.get(name, "") for name in ("role", "organisation", "person", "why")]
    if not all(isinstance(text, str) for text in texts) or texts[0] not in ROLES:
        return None
    return DefaultPerson(*texts)


def personas_of(directory: Directory, organisation: str) -> Sequence[Persona]:
    """The people offered for an organisation; for each role the default person, where one is named."""
    named = {
        ROLES[each.role].persona: each.person
        for each in reversed(default_persons())
        if each.organisation == organisation
    }
    return directory.personas(organisation, named)
