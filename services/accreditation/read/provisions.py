"""What has an organisation put in place for carers?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from services.accreditation.domain.provisions import KINDS, Term, in_place
from services.accreditation.read.learners import day_or_none
from services.accreditation.read.tables import provisions


@dataclass(frozen=True)
class ProvisionShown:
    """A kind of provision on a day. ``state``: in-place, vacant (and still counted), or missing.

    ``starts``, ``owner``, ``evidence`` and ``review_on`` are of its newest time that has begun by the day; None and
    empty where there is none.
    ``counts_until``: the first day on which a vacant champion's place counts no longer.
    """

    kind: str
    name: str
    state: str
    starts: date | None = None
    ends: date | None = None
    vacant_since: date | None = None
    counts_until: date | None = None
    owner: str = ""
    evidence: str = ""
    review_on: date | None = None


def provisions_of(connection: Connection, organisation: str, day: date) -> list[ProvisionShown]:
    """Every kind of provision, with how it stands on a day, in the order of the kinds."""
    statement = select(provisions).where(provisions.c.organisation == organisation).order_by(provisions.c.starts)
    found: dict[str, list[ProvisionShown]] = {}
    for row in connection.execute(statement):
        term = Term(date.fromisoformat(row.starts), day_or_none(row.ends), day_or_none(row.vacant_since))
        found.setdefault(row.kind, []).append(
            ProvisionShown(
                kind=row.kind,
                name=KINDS.get(row.kind, row.kind),
                state="",
                starts=term.starts,
                ends=term.ends,
                vacant_since=term.vacant_since,
                counts_until=term.out_on if term.vacant_since else None,
                owner=row.owner,
                evidence=row.evidence,
                review_on=day_or_none(row.review_on),
            )
        )
    return [_shown(kind, name, _begun(found.get(kind, []), day), day) for kind, name in KINDS.items()]


def _begun(times: list[ProvisionShown], day: date) -> list[ProvisionShown]:
    return [each for each in times if each.starts is not None and each.starts <= day]


def _shown(kind: str, name: str, times: list[ProvisionShown], day: date) -> ProvisionShown:
    if not times:
        return ProvisionShown(kind, name, "missing")
    newest = times[-1]
    counted = in_place([Term(each.starts, each.ends, each.vacant_since) for each in times if each.starts], day)
    vacant = newest.vacant_since is not None and newest.vacant_since <= day and newest.ends is None
    state = "missing" if not counted else "vacant" if vacant else "in-place"
    return ProvisionShown(**{**vars(newest), "state": state})
