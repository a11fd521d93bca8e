"""Who may what: one table a service, denied by default, and the function that every route passes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from flask import g, has_request_context

from shared.kernel.errors import ForbiddenError, NotFoundError
from shared.web.actor import Actor

Access = Mapping[tuple[str, str, str], tuple[str, ...]]
"""(role, action, relation) → the fields that may be seen or changed, ``("*",)`` for all."""

ALL = "*"


def allow(table: Access, actor: Actor, action: str, relations: Iterable[str]) -> frozenset[str]:
    """The fields this actor may see or change, united over their roles and relations.

    Raises ``ForbiddenError`` where no role of theirs can ever do it, and ``NotFoundError`` where one could but not
    with this relation: what is not theirs answers like what is not there.
    """
    _mark_checked()
    found = [
        fields
        for role in actor.roles
        for relation in set(relations)
        if (fields := table.get((role, action, relation))) is not None
    ]
    if found:
        return frozenset(name for fields in found for name in fields)
    if not any((role, action) == key[:2] for role in actor.roles for key in table):
        raise ForbiddenError("Your role does not include this. Ask your HR team if you think it should.")
    raise nothing_here()


def nothing_here() -> NotFoundError:
    """What is not there, and what is not theirs: the two are told in the same words."""
    return NotFoundError("There is nothing here that you can see. Check the address, or go back to the start page.")


def or_nothing(admit: Callable[[], frozenset[str]]) -> frozenset[str]:
    """The fields to which ``admit`` lets somebody; none where it refuses, for a page that then leaves a part out."""
    try:
        return admit()
    except (ForbiddenError, NotFoundError):
        return frozenset()


def relations_to(actor: Actor, *, person: str = "", organisation: str = "", manager: str = "") -> frozenset[str]:
    """How an actor stands to a thing: whose it is, where it belongs, who manages that person on the day.

    One's own things stand in the relation ``own`` alone, so nobody decides their own request, whatever their role.
    """
    if person and person == actor.person:
        return frozenset({"own"})
    relations = {"any"}
    if manager and manager == actor.person:
        relations.add("reports")
    if organisation and organisation == actor.organisation:
        relations.add("organisation")
    return frozenset(relations)


def visible(row: Mapping[str, object], fields: frozenset[str]) -> dict[str, object]:
    """The part of a row that the fields allow."""
    return {name: value for name, value in row.items() if ALL in fields or name in fields}


def may_ever(table: Access, roles: frozenset[str]) -> bool:
    """Whether any of the roles can do anything at all here."""
    return any(role in roles for role, _, _ in table)


def checked() -> bool:
    """Whether this request has passed an access check."""
    return bool(g.get("access_checked"))


def mark_service_caller() -> None:
    """Note that a service token took the place of a person's access check."""
    _mark_checked()


def _mark_checked() -> None:
    if has_request_context():
        g.access_checked = True
