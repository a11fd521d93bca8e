"""What waits of errands."""

from datetime import date

from flask import url_for

from shared.web.actor import Actor
from shared.web.home import HomeFound, HomeItem, HomeKind, HomeStanding


def home(actor: Actor) -> HomeFound:
    """One errand by yesterday for a carer, and how their errands stand."""
    if "carer" not in actor.roles:
        return HomeFound()
    href = url_for("errands.overview")
    item = HomeItem("1 errand waits for you", href, "The shop closes.", who="T1001, Planner", by=date(2026, 3, 12))
    kind = HomeKind("Errands to run", [item], href)
    return HomeFound([kind], HomeStanding((("Fetched", "2 of 3"),), "My errands", href))
