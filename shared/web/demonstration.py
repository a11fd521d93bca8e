"""What only practice has: choosing who to be, and moving the date. Only for requests from the machine itself."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from flask import request

from shared.kernel.errors import NotFoundError
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
