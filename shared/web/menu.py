"""The menu: what each role works with, in the order of its work.

Addresses are written down here, because a process may serve the menu of services that run elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from flask import g, request

from shared.web.access import may_ever
from shared.web.actor import Actor
from shared.web.app_context import app_context

MANAGER: Final = "manager"
"""Who manages somebody today: a relation, and no role of a token."""


@dataclass(frozen=True)
class Entry:
    """A link of the menu. ``who``: the role, or ``MANAGER``, whose work it is; ``service``: which one
    serves it, empty for the front. ``under``: other addresses whose pages are part of this work.
    """

    who: str
    service: str
    text: str
    href: str
    under: tuple[str, ...] = ()


TEAM_LEAVE: Final = "/leave/waiting"
STAFF_LEAVE: Final = "/leave/waiting/organisation"
"""Where requests of the people one manages, and those of the organisation, are listed."""

_OF_THE_ORGANISATION: Final = tuple(
    f"/accreditation/{name}" for name in ("people", "courses", "provisions", "assessments", "awards")
)

MENU: Final = (
    Entry("hr", "workforce", "Staff", "/workforce/"),
    Entry("hr", "leave", "Staff leave", STAFF_LEAVE, ("/leave/staff", "/leave/postponed")),
    Entry("hr", "passport", "Staff passports", "/passport/find", ("/passport/people",)),
    Entry("hr", "accreditation", "Training and provisions", "/accreditation/organisation", _OF_THE_ORGANISATION),
    Entry("hr", "reporting", "Figures", "/reporting/organisation"),
    Entry("payroll", "payroll", "Payroll", "/payroll/"),
    Entry("operator", "", "What just happened", "/trail"),
    Entry("statistics", "reporting", "Progress", "/reporting/"),
    Entry(MANAGER, "leave", "Team leave", TEAM_LEAVE),
    Entry(MANAGER, "passport", "Team passports", "/passport/team", ("/passport/people",)),
    Entry(MANAGER, "accreditation", "Team training", "/accreditation/team"),
    Entry("carer", "leave", "Leave", "/leave/"),
    Entry("carer", "passport", "Passport", "/passport/"),
    Entry("carer", "accreditation", "Training", "/accreditation/"),
    Entry("carer", "reporting", "Progress", "/reporting/"),
)

_HOME: Final = Entry("", "", "Your tasks", "/")
_OWN: Final = {"Leave": "My leave", "Passport": "My passport", "Training": "My training"}


def menu_of(actor: Actor) -> list[Entry]:
    """What this person works with. Beside other people's, one's own is called so."""
    found = list(_entries(actor))
    if all(entry.who in ("", "carer") for entry in found):
        return [_HOME, *found]
    own = [replace(each, text=_OWN.get(each.text, each.text)) for each in found]
    return [_HOME, *own]


def navigation(actor: Actor) -> list[dict[str, object]]:
    """The menu as the layout shows it; the entry whose work this page is part of is active."""
    entries = menu_of(actor)
    here = max((entry for entry in entries if _covered(entry)), key=_covered, default=None)
    return [
        {
            "text": each.text,
            "href": each.href,
            "active": each is here,
            "current": request.path == each.href,
        }
        for each in entries
    ]


def opened_from(href: str) -> None:
    """Say of this request's page that it is part of the work of the entry with this address, whatever its own is."""
    g.opened_from = href


def work_order(actor: Actor, service: str) -> int:
    """The place of a service in the order of somebody's work; what is not in their menu comes last."""
    places = [number for number, entry in enumerate(menu_of(actor)) if entry.service == service]
    return min(places, default=len(MENU) + 1)


def _entries(actor: Actor) -> Iterator[Entry]:
    services = {"": None, **dict.fromkeys((*app_context().settings.services, *app_context().wirings))}
    found: dict[str, Entry] = {}
    for entry in MENU:
        if entry.service in services and (entry.who in actor.roles or (entry.who == MANAGER and _manages(actor))):
            found.setdefault(entry.href, entry)
    yield from found.values()
    known = {entry.service for entry in MENU}
    yield from (_other(name) for name in services if name not in known and _may_find_something(name, actor.roles))


def _other(service: str) -> Entry:
    """One that this program does not know."""
    title = app_context().wirings[service].service.title if service in app_context().wirings else service.capitalize()
    return Entry("", service, title, f"/{service}/")


def _may_find_something(service: str, roles: frozenset[str]) -> bool:
    """Whether these roles can do anything in a service. Of one elsewhere only that it serves the employed is known."""
    access = app_context().access.get(service)
    return "carer" in roles if access is None else may_ever(access, roles)


def _covered(entry: Entry) -> int:
    """How much of this page's address says that it is part of an entry's work; 0 where nothing does."""
    path = g.get("opened_from", request.path)
    return max((len(href) for href in (entry.href, *entry.under) if _continues(path, href)), default=0)


def _continues(path: str, href: str) -> bool:
    return path == href or (href != "/" and path.startswith(href.rstrip("/") + "/"))


def _manages(actor: Actor) -> bool:
    """Whether they manage somebody today, as a service of this process knows it; asked once a request."""
    if "manages" not in g:
        g.manages = any(wiring.manages(actor.person) for wiring in app_context().wirings.values())
    return bool(g.manages)
