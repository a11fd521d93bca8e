"""The JSON API of all services as one document: ``python -m tools.list_openapi > docs/openapi.json``.

It is what a running instance gives at ``/openapi.json``, without the number of the release.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from shared.runtime.migrate import migrate_services
from shared.runtime.service import installed
from shared.runtime.settings import Settings
from shared.runtime.telemetry import configure
from shared.runtime.wiring import wire_all
from shared.web.app import create_app


def page(given: dict[str, Any]) -> str:
    """The document that an app gives, as the text that is kept: names in the order in which the program has them."""
    info = {name: value for name, value in given["info"].items() if name != "version"}
    return json.dumps(given | {"info": info}, indent=2, ensure_ascii=False) + "\n"


def given() -> dict[str, Any]:
    """What an app of all installed services gives, over databases that are made for it and go with it."""
    with tempfile.TemporaryDirectory() as folder:
        var = Path(folder)
        settings = replace(Settings.read(), demonstration=True, database="", var=var, keys_folder=var / "keys")
        configure("error", "web")
        services, clock = installed(), settings.clock()
        migrate_services(services, settings)
        wirings = wire_all(services, settings, clock)
        app = create_app(settings, wirings, front=False, clock=clock)
        document: dict[str, Any] = app.test_client().get("/openapi.json").get_json()
        for wiring in wirings.values():
            wiring.close()
    return document


if __name__ == "__main__":
    print(page(given()), end="")
