"""What waits in payroll, with what happens if it is left."""

from __future__ import annotations

from flask import url_for

from services.payroll.access import SEAL, admit
from services.payroll.read.employer_names import employer_names
from services.payroll.read.pay_groups import PayGroupState, pay_groups
from shared.web.actor import Actor
from shared.web.home import HomeFound, HomeItem
from shared.web.wiring import wiring
from shared.web.words import slug_words


def home(actor: Actor) -> HomeFound:
    """Lines that wait for whoever seals them, one line a pay group."""
    if "payroll" not in actor.roles:
        return HomeFound()
    admit(actor, SEAL, actor.organisation)
    with wiring("payroll").reading() as connection:
        groups = [group for group in pay_groups(connection, actor.organisation) if group.open]
        names = employer_names(connection, {group.employer for group in groups})
    return HomeFound([_lines(group, names[group.employer]) for group in groups], more_href=url_for("payroll.overview"))


def _lines(group: PayGroupState, employer: str) -> HomeItem:
    return HomeItem(
        text=f"Pay lines of {employer}, {slug_words(group.pay_group).lower()}, wait to be sealed: {group.open:,}",
        href=url_for("payroll.preview", employer=group.employer, pay_group=group.pay_group),
        silence="Nothing is sent. They wait, and go into the batch that is sealed next.",
    )
