"""Health in three parts: alive, able to take commands, caught up. No personal data, open to probes."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint
from flask.typing import ResponseReturnValue

from shared.runtime.health import Health
from shared.runtime.wiring import Wiring
from shared.web.app_context import app_context

blueprint = Blueprint("health", __name__, url_prefix="/health")


@blueprint.get("/live")
def live() -> ResponseReturnValue:
    """The process answers."""
    return {"alive": True}


@blueprint.get("/ready")
def ready() -> ResponseReturnValue:
    """Every service of this process can take commands; 503 and a sentence where one cannot."""
    found = service_health()
    services = {name: {"ready": health.ready, "why": health.why} for name, health in found.items()}
    good = all(health.ready for health in found.values())
    return {"ready": good, "services": services}, 200 if good else 503


@blueprint.get("/fresh")
def fresh() -> ResponseReturnValue:
    """Every service of this process has caught up to within a minute; 503 where one has not."""
    found = service_health()
    services = {
        name: {"fresh": health.fresh, "sources": [asdict(source) for source in health.sources]}
        for name, health in found.items()
    }
    good = all(health.fresh for health in found.values())
    return {"fresh": good, "services": services}, 200 if good else 503


def service_health() -> dict[str, Health]:
    """The health of each service in this process."""
    return {name: health_of(name, wiring) for name, wiring in app_context().wirings.items()}


def health_of(name: str, wiring: Wiring) -> Health:
    """A service's health; one whose figures cannot be had is not ready, and its age is unknown."""
    try:
        return wiring.health()
    except Exception as error:  # a probe must answer whatever broke
        app_context().log.warning("health-failed", service=name, error=type(error).__name__)
        return Health(ready=False, why="Its databases cannot be reached.", known=False)
