"""What is to be done in payroll, with what happens if it is left, and how the next batch stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask import url_for

from services.payroll.read.employer_names import employer_names
from services.payroll.read.pay_groups import PayGroupState, pay_groups
from services.payroll.read.sealed_batches import SealedBatch, sealed_batches
from services.payroll.web.access import SEAL, admit
from services.payroll.wiring import PayrollWiring
from shared.kernel.clock import LONDON
from shared.web.actor import Actor
from shared.web.app_context import wired
from shared.web.home import HomeFound, HomeItem, HomeKind, HomeStanding
from shared.web.words import short_day, slug_words


def home(actor: Actor) -> HomeFound:
    """Lines to seal, one item a pay group; and for payroll the next batch and the last one."""
    if "payroll" not in actor.roles:
        return HomeFound()
    admit(actor, SEAL, actor.organisation)
    with wired(PayrollWiring).reading() as connection:
        groups = pay_groups(connection, actor.organisation)
        newest = sealed_batches(connection, actor.organisation, limit=1)
        names = employer_names(connection, {*(each.employer for each in groups), *(each.employer for each in newest)})
    waiting = [group for group in groups if group.open]
    items = [_lines(group, names[group.employer]) for group in waiting]
    kinds = [HomeKind("Batches to seal", items, url_for("payroll.overview"))]
    return HomeFound(kinds, _standing(waiting, newest, names))


def _lines(group: PayGroupState, employer: str) -> HomeItem:
    return HomeItem(
        text=f"Seal {_number(group.open)} of {employer}, {slug_words(group.pay_group).lower()}",
        href=url_for("payroll.preview", employer=group.employer, pay_group=group.pay_group),
        silence="Nothing is sent. The lines go into the batch that is sealed next.",
    )


def _standing(waiting: Sequence[PayGroupState], newest: Sequence[SealedBatch], names: dict[str, str]) -> HomeStanding:
    last = ((f"{names[each.employer]}, batch {each.number}, {_day(each)}") for each in newest)
    facts = (
        ("In the next batches", _number(sum(group.open for group in waiting))),
        ("Sealed last", next(last, "No batch is sealed yet")),
    )
    return HomeStanding(facts, "Pay groups and batches", url_for("payroll.overview"))


def _number(lines: int) -> str:
    return "1 line" if lines == 1 else f"{lines:,} lines"


def _day(batch: SealedBatch) -> str:
    return short_day(datetime.fromisoformat(batch.sealed_at).astimezone(LONDON).date())
