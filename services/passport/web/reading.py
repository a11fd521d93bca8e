"""The one way to what is written in a passport: whoever else's it is, the reading is noted before anything is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from services.passport.domain.sections import SECTIONS
from services.passport.web.access import NAMED, ORGANISATION, OWN, REPORTS, Standing
from services.passport.wiring import PassportWiring
from shared.store.read_audit import ReadAudit, Reading
from shared.web.actor import Actor
from shared.web.app_context import wired

AUDIT_ROLES: Final = {REPORTS: "manager", NAMED: "named", ORGANISATION: "hr"}
"""Relation → the capacity that is noted."""

HR: Final = AUDIT_ROLES[ORGANISATION]


@dataclass(frozen=True)
class Opened:
    """Sections that somebody may read, by name. ``before``: those that differ from what was agreed, as they were."""

    content: Mapping[str, object]
    before: Mapping[str, object]


@dataclass(frozen=True)
class Looked:
    """A reading as the carer sees it. ``what``: the sections; ``purpose``: HR's, empty for others."""

    reading: Reading
    sections: tuple[str, ...]
    purpose: str


def open_sections(actor: Actor, standing: Standing, purpose: str = "") -> Opened:
    """What this person may read of the passport; for anybody but the carer noted first.

    Carer and manager see what is written now, others what was agreed last. Raises ``UnavailableError`` where the
    reading cannot be noted, and then nothing is shown. Where there is nothing to read, nothing is noted.
    """
    paper = standing.passport.paper
    working = standing.relation in (OWN, REPORTS) or paper.agreed is None
    written = paper.content if working else paper.agreed or {}
    content: dict[str, object] = {
        name: written[name] for name in SECTIONS if name in written and name in standing.readable
    }
    before = _before(standing) if working else {}
    if standing.relation != OWN and (content or before):
        _note(actor, standing, [name for name in SECTIONS if name in content or name in before], purpose)
    return Opened(content, before)


def looked(person: str, *, limit: int, offset: int = 0) -> list[Looked]:
    """Who has read a person's passport, newest first."""
    return [_looked(reading) for reading in _audit().of(person, limit=limit, offset=offset)]


def _before(standing: Standing) -> dict[str, object]:
    paper = standing.passport.paper
    if paper.agreed is None:
        return {}
    return {
        name: paper.agreed.get(name)
        for name in SECTIONS
        if name in standing.readable and paper.agreed.get(name) != paper.content.get(name)
    }


def _note(actor: Actor, standing: Standing, sections: list[str], purpose: str) -> None:
    what = "|".join((",".join(sections), purpose)) if purpose else ",".join(sections)
    role = AUDIT_ROLES[standing.relation]
    _audit().note(Reading(wired(PassportWiring).clock.now(), actor.person, role, standing.passport.person, what))


def _looked(reading: Reading) -> Looked:
    sections, _, purpose = reading.what.partition("|")
    return Looked(reading, tuple(sections.split(",")), purpose)


def _audit() -> ReadAudit:
    audit: ReadAudit = wired(PassportWiring).read_audit
    return audit
