"""How the web reaches other services: directly where they share the process, else over HTTP within two seconds."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar, cast
from urllib.parse import urlencode

from flask import current_app

from shared.kernel.errors import UnavailableError
from shared.runtime.directory import Directory, DirectoryOrganisation, Persona
from shared.runtime.health import Health, SourceHealth
from shared.runtime.http_client import fetch
from shared.runtime.settings import Settings
from shared.runtime.upcoming import Upcoming, soonest
from shared.runtime.wiring import Wiring
from shared.web.actor import Actor
from shared.web.app_context import app_context
from shared.web.commands import KEY_HEADER, new_command_key
from shared.web.demonstration import personas_of
from shared.web.home import Home, HomePart, home_part, home_part_of
from shared.web.internal_api import SUBSCRIPTION
from shared.web.keys import SigningKeys
from shared.web.news import mark_seen
from shared.web.probes import health_of
from shared.web.tokens import issue_service_token
from shared.web.trail import TrailRow, trail_of

T = TypeVar("T")

EXTENSION = "working-carers-peers"

_SILENT = "One of the services does not answer at the moment. Try again in a minute."
_SECONDS = 2.0
_LONGEST_ANSWER = 1024 * 1024
_NAMES_AT_ONCE = 50
_NAMES_SECONDS = 1.0
"""Names are asked for while a page, or another service's answer, waits."""


@dataclass(frozen=True)
class ServiceClients:
    """The services of the deployment as one web process sees them. One that does not answer is left out and named."""

    settings: Settings
    keys: SigningKeys
    wirings: Mapping[str, Wiring]
    homes: Mapping[str, Home]
    directory: Directory | None
    directory_service: str

    def trails(self, limit: int, below: Mapping[str, int] = MappingProxyType({})) -> tuple[list[TrailRow], list[str]]:
        """So many of the newest rows of each service, newest first, and the names of services that did not answer.

        ``below``: by service the position above which its rows are left out, that one too.
        """
        found, silent = self._each(lambda name: self._trail(name, limit, below.get(name, 0)))
        rows = [row for rows in found.values() for row in rows]
        rows.sort(key=lambda row: (row.time, row.service, row.position), reverse=True)
        return rows, silent

    def healths(self) -> tuple[dict[str, Health], list[str]]:
        """How far each service is with its sources, and the names of services that did not answer."""
        return self._each(self._health)

    def upcoming(self) -> list[Upcoming]:
        """What the clock will make happen next, the soonest of each kind, by day; of services that answer."""
        found, _ = self._each(self._upcoming)
        return soonest([item for items in found.values() for item in items])

    def settled(self) -> bool:
        """Whether every service answers, and nothing is under way between them."""
        healths, silent = self.healths()
        return not silent and all(health.caught_up for health in healths.values())

    def is_due(self) -> bool:
        """Whether in any service something that happens today has not happened yet."""
        found, _ = self._each(self._is_due)
        return any(found.values())

    def homes_for(self, actor: Actor, session: str) -> tuple[dict[str, HomePart], list[str]]:
        """What each service shows this person on the home page, and the names of services that did not answer."""
        return self._each(lambda name: self._home(name, actor, session))

    def mark_seen(self, name: str, actor: Actor, session: str, position: int, *, through: bool) -> None:
        """Mark news of a service as seen by this person; raises ``UnavailableError`` where it does not answer."""
        if name in self.wirings:
            mark_seen(name, actor, position, through=through)
            return
        address = f"{self.settings.service_url(name)}/api/{name}/seen"
        self._request(address, session, body={"position": position, "through": through})

    def organisations(self) -> Sequence[DirectoryOrganisation]:
        """Who the demonstration can choose from; raises ``UnavailableError`` where the names cannot be reached."""
        if self.directory is not None:
            return self.directory.organisations()
        found = self._ask(self.directory_service, "directory", {})["organisations"]
        return [DirectoryOrganisation(**row) for row in found]

    def organisation_names(self) -> dict[str, str]:
        """What organisations are called, by slug; empty where the service that keeps the names does not tell."""
        if self.directory_service not in self.settings.services:
            return {}
        try:
            return {found.slug: found.name for found in self.organisations()}
        except UnavailableError:
            return {}

    def personas(self, organisation: str) -> Sequence[Persona]:
        """The people offered for an organisation; raises ``UnavailableError`` where the names cannot be reached."""
        if self.directory is not None:
            return personas_of(self.directory, organisation)
        rows = self._ask(self.directory_service, "directory", {"organisation": organisation})["personas"]
        return [Persona(**{**row, "roles": tuple(row["roles"])}) for row in rows]

    def names_for(self, actor: Actor, persons: Sequence[str], session: str) -> dict[str, str]:
        """Names by person, of those whose name this reader may know; empty where the service of names is silent."""
        name = self.directory_service
        if not persons or name not in self.settings.services:
            return {}
        try:
            if self.directory is not None:
                return dict(self.directory.names_for(actor, persons))
            return self._names(name, persons, session)
        except Exception as error:  # a page with staff numbers alone is better than none
            app_context().log.warning("service-silent", service=name, error=type(error).__name__)
            return {}

    def _names(self, service: str, persons: Sequence[str], session: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for start in range(0, len(persons), _NAMES_AT_ONCE):
            query = urlencode([("person", person) for person in persons[start : start + _NAMES_AT_ONCE]])
            address = f"{self.settings.service_url(service)}/api/{service}/names?{query}"
            found |= self._get(address, session, seconds=_NAMES_SECONDS)["names"]
        return found

    def _each(self, ask: Callable[[str], T]) -> tuple[dict[str, T], list[str]]:
        """Ask local services in this thread, which has the request, and all others at the same time."""
        found: dict[str, T] = {}
        silent: list[str] = []
        elsewhere = [name for name in self.settings.services if name not in self.wirings]
        with ThreadPoolExecutor(len(elsewhere) or 1) as pool:
            asked = {name: pool.submit(ask, name) for name in elsewhere}
            for name in self.settings.services:
                try:
                    found[name] = asked[name].result() if name in asked else ask(name)
                except Exception as error:  # one service that fails must not take the front's page with it
                    app_context().log.warning("service-silent", service=name, error=type(error).__name__)
                    silent.append(name)
        return found, silent

    def _trail(self, name: str, limit: int, below: int) -> list[TrailRow]:
        if name in self.wirings:
            return trail_of(self.wirings[name], limit, below)
        asked = {"limit": str(limit), "below": str(below)}
        return [TrailRow(**row) for row in self._ask(name, "trail", asked)["rows"]]

    def _upcoming(self, name: str) -> list[Upcoming]:
        if name in self.wirings:
            return self.wirings[name].upcoming()
        rows = self._ask(name, "upcoming", {})["upcoming"]
        return [Upcoming(date.fromisoformat(row["on"]), row["what"]) for row in rows]

    def _is_due(self, name: str) -> bool:
        if name in self.wirings:
            return self.wirings[name].is_due()
        return bool(self._ask(name, "upcoming", {})["due"])

    def _health(self, name: str) -> Health:
        if name in self.wirings:
            return health_of(name, self.wirings[name])
        body = self._get(f"{self.settings.service_url(name)}/health/fresh", None)["services"].get(name, {})
        sources = tuple(SourceHealth(**source) for source in body.get("sources", ()))
        return Health(ready=True, sources=sources)

    def _home(self, name: str, actor: Actor, session: str) -> HomePart:
        if name in self.wirings:
            return home_part(self.wirings[name].service, self.homes[name], actor)
        return home_part_of(self._get(f"{self.settings.service_url(name)}/api/{name}/home", session))

    def _ask(self, name: str, what: str, query: Mapping[str, str]) -> dict[str, Any]:
        token = issue_service_token(
            self.keys, subscription=SUBSCRIPTION, audience=name, instance=self.settings.instance
        )
        suffix = f"?{urlencode(query)}" if query else ""
        return self._get(f"{self.settings.service_url(name)}/{name}/{what}{suffix}", token)

    def _get(self, address: str, token: str | None, *, seconds: float = _SECONDS) -> dict[str, Any]:
        found: dict[str, object] = self._request(address, token, seconds=seconds)
        return found

    def _request(
        self, address: str, token: str | None, *, body: Mapping[str, object] | None = None, seconds: float = _SECONDS
    ) -> Any:
        """The JSON that is answered, None where that is nothing. With a body it is a POST."""
        headers, data = {"Accept": "application/json"}, None
        if body is not None:
            headers |= {"Content-Type": "application/json", KEY_HEADER: new_command_key()}
            data = json.dumps(body).encode()
        answer = fetch(address, token=token or "", headers=headers, body=data, seconds=seconds, longest=_LONGEST_ANSWER)
        if answer.status >= 400 and answer.status != 503:  # health is told with 503 where something is behind
            raise UnavailableError(_SILENT)
        try:
            return json.loads(answer.body) if answer.body else None
        except ValueError as error:
            raise UnavailableError(_SILENT) from error


def service_clients() -> ServiceClients:
    """The peers of the app that answers the present request."""
    return cast("ServiceClients", current_app.extensions[EXTENSION])
