"""Whether somebody may do something to an employment, by where it stands in the log just now."""

from __future__ import annotations

from services.workforce.application import Place
from services.workforce.web.access import admit_to_place
from services.workforce.wiring import WorkforceWiring
from shared.web.access import nothing_here
from shared.web.actor import Actor
from shared.web.app_context import wired


def place_of(actor: Actor, action: str, person: str, employment: str) -> Place:
    """The employment, once the actor is admitted to it; raises NotFoundError or ForbiddenError."""
    application = wired(WorkforceWiring).application
    places: list[Place] = [place for place in application.places(person) if place.employment == employment]
    admit_to_place(actor, action, person, places, application.today())
    if not places:
        raise nothing_here()
    return places[0]
