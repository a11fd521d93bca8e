"""The one app factory: any subset of services in one process, with the front or without."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from types import ModuleType
from uuid import UUID

import structlog
from flask import Blueprint, Flask
from flask.json.provider import DefaultJSONProvider
from werkzeug.routing import BaseConverter

from shared.kernel.clock import Clock
from shared.runtime.service import Service, keeper_of_names
from shared.runtime.settings import Settings
from shared.runtime.wiring import Wiring
from shared.web import front as front_pages
from shared.web import probes
from shared.web.api import ProblemApi
from shared.web.app_context import EXTENSION, AppContext
from shared.web.headers import register_headers
from shared.web.home import home_blueprint
from shared.web.internal_api import internal_api_blueprint
from shared.web.keys import SigningKeys, load_keys
from shared.web.layout import register_layout
from shared.web.limits import BODY_BYTES, register_limits
from shared.web.making import register_making
from shared.web.openapi import openapi_blueprint
from shared.web.problems import register_problems
from shared.web.read_your_writes import register_read_your_writes
from shared.web.request_log import register_request_log
from shared.web.service_clients import EXTENSION as PEERS
from shared.web.service_clients import ServiceClients
from shared.web.sign_in import register_sign_in

SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"
SLUG_LENGTH = 80


class SlugConverter(BaseConverter):
    """A name such as an organisation's in an address: lower-case words with hyphens, up to 80 characters."""

    regex = f"(?=[a-z0-9-]{{1,{SLUG_LENGTH}}}(?:/|$)){SLUG}"


class PlainJson(DefaultJSONProvider):
    """JSON with dates as ISO text and names in the order they were given."""

    sort_keys = False
    ensure_ascii = False

    @staticmethod
    def default(o: object) -> str:
        """What JSON has no type for."""
        if isinstance(o, dt.date | dt.datetime):
            return o.isoformat()
        if isinstance(o, UUID):
            return str(o)
        raise TypeError(f"{type(o).__name__} does not go into JSON")


def create_app(
    settings: Settings,
    wirings: Mapping[str, Wiring],
    *,
    front: bool,
    clock: Clock,
    keys: SigningKeys | None = None,
    extra: Sequence[Blueprint] = (),
) -> Flask:
    """The app for these services. Raises ``SettingsError`` where the signing keys are missing or dangerous.

    ``front``: whether it also serves the start page, sign-in and the trail. ``extra``: blueprints of the process,
    such as the feeds.
    """
    app = Flask("shared.web")
    app.json = PlainJson(app)
    app.config.update(PROVIDE_AUTOMATIC_OPTIONS=False, MAX_FORM_MEMORY_SIZE=BODY_BYTES, MAX_FORM_PARTS=1000)
    app.url_map.converters["slug"] = SlugConverter
    parts = {name: _Parts(wiring.service) for name, wiring in wirings.items()}
    web = AppContext(
        settings=settings,
        wirings=wirings,
        access={name: part.access.ACCESS for name, part in parts.items()},
        clock=clock,
        keys=keys or load_keys(settings),
        log=structlog.get_logger("web"),
        directory=next(
            (part.directory.directory(wirings[name]) for name, part in parts.items() if part.directory), None
        ),
    )
    app.extensions[EXTENSION] = web
    _register_rules(app)
    _register_routes(app, web, parts, extra)
    homes = {name: part.home.home for name, part in parts.items()}
    app.extensions[PEERS] = ServiceClients(settings, web.keys, wirings, homes, web.directory, keeper_of_names())
    if front:
        app.register_blueprint(front_pages.blueprint)
    return app


class _Parts:
    """The modules of a service that the web serves. ``directory``: of the service that keeps names."""

    def __init__(self, service: Service) -> None:
        self.access: ModuleType = service.part("web.access")
        self.api: ModuleType = service.part("web.api")
        self.glossary: ModuleType = service.part("web.glossary")
        self.home: ModuleType = service.part("web.home")
        self.pages: ModuleType = service.part("web.pages")
        self.directory: ModuleType | None = service.part("web.directory") if service.has("web.directory") else None


def _register_rules(app: Flask) -> None:
    """What surrounds every request. Before it in this order, after it in the opposite one."""
    register_request_log(app)
    register_headers(app)
    register_making(app)
    register_limits(app)
    register_sign_in(app)
    register_read_your_writes(app)
    register_problems(app)
    register_layout(app)


def _register_routes(app: Flask, web: AppContext, parts: Mapping[str, _Parts], extra: Sequence[Blueprint]) -> None:
    api = ProblemApi(app, version=version("working-carers"))
    api.register_converter(
        SlugConverter, lambda _: {"type": "string", "pattern": f"^{SLUG}$", "maxLength": SLUG_LENGTH}
    )
    for name, part in parts.items():
        api.register_blueprint(part.api.blueprint)
        app.register_blueprint(part.pages.blueprint)
        api.register_blueprint(home_blueprint(web.wirings[name].service, part.home.home))
        app.register_blueprint(
            internal_api_blueprint(
                web.wirings[name],
                web.directory if part.directory else None,
                demonstration=web.settings.demonstration,
            )
        )
    glossaries = {name: part.glossary.MEANINGS for name, part in parts.items()}
    for blueprint in (probes.blueprint, openapi_blueprint(api, glossaries), *extra):
        app.register_blueprint(blueprint)
