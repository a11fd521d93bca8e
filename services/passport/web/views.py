"""What is shown of passports, consents and readings, for the API and the pages alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, TypeAlias

from services.passport.domain import refusals
from services.passport.domain.consents import Consent
from services.passport.domain.sections import FLEXIBILITIES, MOST_FLEXIBILITIES, SECTIONS, Content, flexibilities_in
from services.passport.domain.signatures import SIDES
from services.passport.domain.terms import Proposal
from services.passport.read.staff import labels_of
from services.passport.read.team import TeamPassport
from services.passport.web.access import OWN, Standing, passports
from services.passport.web.reading import Looked, Opened
from services.passport.wiring import PassportWiring
from shared.kernel.clock import LONDON, today
from shared.people.questions import all_organisations
from shared.web.access import visible
from shared.web.app_context import wired
from shared.web.colleagues import with_names

Arrangement: TypeAlias = Mapping[str, str | date | None]
"""One thing agreed, as its form loads it."""


def passport_view(standing: Standing, opened: Opened) -> dict[str, object]:
    """A passport by the fields that one may see and the sections that were opened."""
    paper = standing.passport.paper
    complete = paper.content.keys() <= standing.readable
    days = ("drafted_on", "held_on", "agreed_on", "reviewed_on", "review_due", "ended_on")
    row = {
        "person": standing.passport.person,
        "organisation": paper.organisation,
        "state": paper.state,
        **{name: _iso(getattr(paper, name)) for name in days},
        "review_asked": paper.review_asked,
        "has_changes": paper.has_changes,
        "complete": complete,
        "digest": paper.digest if complete else "",
        "signatures": [
            {"side": side, "signed_on": _iso(paper.signatures[side].signed_on)}
            for side in SIDES
            if side in paper.signatures
        ],
        "sections": sections_view(opened.content),
    }
    if standing.relation == OWN:
        row["proposals"] = [proposal_view(each) for each in paper.proposals.values()]
    return visible(row, standing.fields)


def sections_view(content: Mapping[str, object]) -> list[dict[str, object]]:
    """Sections that hold something, in the order of the conversation."""
    return [_section(name, content[name]) for name in SECTIONS if content.get(name) is not None]


def in_order(team: Sequence[TeamPassport], names: Mapping[str, str]) -> list[TeamPassport]:
    """Passports with something to do first, and those with and those without by name."""
    return sorted(team, key=lambda each: (not _is_to_do(each), names.get(each.listed.person, "").casefold()))


def _is_to_do(each: TeamPassport) -> bool:
    return bool(each.waits_for_signature or each.waits_to_be_taken_over or each.reviews or not each.shared)


def arrangements_in(content: Mapping[str, Any]) -> list[dict[str, object]]:
    """What is agreed, one arrangement after the other."""
    return list(content.get(FLEXIBILITIES) or [])


def numbered(content: Content, number: int) -> tuple[list[Arrangement], Arrangement, list[Arrangement]]:
    """The arrangements before a number, that of the number, empty for one more, and those after it.

    Raises NotFoundError for a number beyond.
    """
    held: list[Arrangement] = [vars(each) for each in flexibilities_in(content)]
    if not 1 <= number <= min(len(held) + 1, MOST_FLEXIBILITIES):
        raise refusals.no_passport()
    return held[: number - 1], held[number - 1] if number <= len(held) else {}, held[number:]


def organisation_names() -> dict[str, str]:
    """What organisations are called, by slug."""
    with wired(PassportWiring).reading() as connection:
        return {found.organisation: found.name for found in all_organisations(connection)}


def proposal_view(proposal: Proposal) -> dict[str, object]:
    """A proposal, for the carer."""
    return {
        "proposal": proposal.id,
        "section": proposal.section,
        "proposed_on": proposal.on.isoformat(),
        "reason": proposal.reason or "",
        "value": _section(proposal.section, proposal.value),
    }


def consents_view(standing: Standing) -> list[dict[str, Any]]:
    """The consents that stand, in the order in which they were given, for the carer."""
    sharing = passports().sharing_of(standing.passport.person)
    day = passports().today()
    consents = sharing.consents.values() if sharing else ()
    return [_consent(each, opens=each.opens_to(each.reader, day, standing.managers)) for each in consents]


def readings_view(found: Sequence[Looked]) -> list[dict[str, object]]:
    """Who has looked: by capacity, staff number and post on that day."""
    with wired(PassportWiring).reading() as connection:
        return [
            {
                "at": each.reading.at.isoformat(),
                "reader": each.reading.reader,
                "role": each.reading.role,
                "label": labels_of(connection, [each.reading.reader], each.reading.at.astimezone(LONDON).date()).get(
                    each.reading.reader, ""
                ),
                "sections": list(each.sections),
                "purpose": each.purpose,
            }
            for each in found
        ]


def team_view(found: TeamPassport, fields: frozenset[str]) -> dict[str, object]:
    """A passport in a manager's list, by these fields."""
    shown = {name: getattr(found.listed, name) for name in ("person", "state", "review_due")}
    rest = {name: value for name, value in asdict(found).items() if name not in ("listed", "reviews")}
    return visible({**shown, **rest, "reviews": list(found.reviews)}, fields)


def labels(*persons: str) -> dict[str, str]:
    """Who these persons are today, for pages: name where the reader may know it, staff number and post."""
    held = wired(PassportWiring)
    with held.reading() as connection:
        found = labels_of(connection, persons, today(held.clock))
    return with_names(found)


def _section(name: str, value: object) -> dict[str, object]:
    if name == FLEXIBILITIES:
        return {"section": name, "flexibilities": value or []}
    return {"section": name, "text": value or ""}


def _consent(consent: Consent, *, opens: bool) -> dict[str, object]:
    return {
        "consent": consent.id,
        "reader": consent.reader,
        "capacity": consent.capacity,
        "sections": list(consent.sections),
        "purpose": consent.purpose,
        "starts": consent.starts.isoformat(),
        "ends": _iso(consent.ends),
        "opens_today": opens,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
