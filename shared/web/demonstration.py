"""What only practice has: choosing who to be, and moving the date. Only for requests from the machine itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from ipaddress import ip_address, ip_network
from typing import Final

from flask import request

from shared.kernel.clock import today
from shared.kernel.errors import NotFoundError
from shared.runtime.directory import Directory, Persona
from shared.runtime.world_record import Default, WorldRecord
from shared.web.app_context import app_context

_FORWARDED = (
    *("Forwarded", "Via", "X-Forwarded-By", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Port"),
    *("X-Forwarded-Proto", "X-Real-IP"),
)


def here() -> bool:
    """Whether this request came from this machine itself, under its own name, and through no proxy."""
    settings = app_context().settings
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
    if not (app_context().settings.demonstration and here()):
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
"""By the short name that addresses, forms and the record of the world use."""


def default_persons() -> tuple[Default, ...]:
    """Who the maker of the demonstration's world offers, in its order; nobody where the world is of another making.

    Why somebody is worth beginning as is true of the world's last day: on another day it is left empty.
    """
    record = WorldRecord.read(app_context().settings.var)
    if record is None:
        return ()
    known = [each for each in record.defaults if each.role in ROLES]
    if record.last_day in (None, today(app_context().clock)):
        return tuple(known)
    return tuple(replace(each, why="") for each in known)


def personas_of(directory: Directory, organisation: str) -> Sequence[Persona]:
    """The people offered for an organisation; for each role the default persons, where any are named."""
    named: dict[str, list[str]] = {}
    for each in default_persons():
        if each.organisation == organisation:
            named.setdefault(ROLES[each.role].persona, []).append(each.person)
    return directory.personas(organisation, named)
