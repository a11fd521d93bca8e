"""Passports, consents and acts for tests of the domain."""

from __future__ import annotations

from datetime import UTC, date, datetime

from services.passport.domain.consents import NAMED, Consent
from services.passport.domain.passport import Passport
from services.passport.domain.posts import Post
from services.passport.domain.sections import SECTIONS, Value
from services.passport.domain.sharing import Sharing
from services.passport.domain.terms import PostedProvenance
from tests.passport.rig import CARER, COLLEAGUE, MANAGER, PLENTY, WORKS

BEGUN = date(2026, 3, 2)
POST = Post("88888888-8888-4888-8888-888888888888", "Policy adviser", WORKS, MANAGER)
IN_WORKS = (POST,)
IN_PLENTY = (Post(POST.employment, "Lead adviser", PLENTY, COLLEAGUE),)
ENOUGH: dict[str, Value] = {"impact": "Calls during the day", "not-agreed": "Nothing is left open"}


def act(by: str = CARER, on: date = BEGUN, posts: tuple[Post, ...] = IN_WORKS) -> PostedProvenance:
    """Somebody acts at ten in the morning of a day."""
    return PostedProvenance(by, datetime(on.year, on.month, on.day, 10, tzinfo=UTC), posts=posts)


def drafted(sections: dict[str, Value] | None = None, on: date = BEGUN) -> Passport:
    """A passport that was begun on a day, with these sections."""
    passport = Passport.open(CARER, act(on=on))
    passport.draft(act(on=on))
    for section, value in (sections or {}).items():
        passport.write(section, value, act(on=on))
    return passport


def talked(sections: dict[str, Value] | None = None, on: date = BEGUN) -> Passport:
    """One about which carer and manager have talked."""
    passport = drafted(ENOUGH if sections is None else sections, on)
    passport.hold_conversation(on, act(on=on))
    return passport


def sign(passport: Passport, side: str, by: str = "", on: date = BEGUN, posts: tuple[Post, ...] = IN_WORKS) -> None:
    """One side signs what is written, of which a manager can read everything."""
    signer = by or (CARER if side == "carer" else MANAGER)
    passport.sign(side, passport.paper.digest, SECTIONS, act(signer, on, posts))


def both_sign(passport: Passport, on: date = BEGUN, posts: tuple[Post, ...] = IN_WORKS) -> None:
    """Carer and manager sign."""
    sign(passport, "carer", on=on, posts=posts)
    sign(passport, "manager", posts[0].manager, on, posts)


def agreed(on: date = BEGUN) -> Passport:
    """One that both have signed."""
    passport = talked(on=on)
    both_sign(passport, on)
    return passport


def shared() -> Sharing:
    """No consent yet."""
    return Sharing.open(CARER, WORKS, act())


def consent(
    reader: str = COLLEAGUE,
    sections: tuple[str, ...] = ("contact",),
    *,
    capacity: str = NAMED,
    starts: date = BEGUN,
    ends: date | None = None,
    id: str = "99999999-0000-4000-8000-000000000000",
    purpose: str = "To help",
) -> Consent:
    """A consent."""
    return Consent(id, reader, capacity, sections, purpose, starts, ends)


def topics(passport: Passport) -> list[str]:
    """What has happened to the passport since it was made, by stored name."""
    return [type(event).TOPIC.removeprefix("passport.") for event in passport.pending_events]  # type: ignore[attr-defined]
