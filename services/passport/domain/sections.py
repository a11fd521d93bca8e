"""The sections of a passport, their values as plain JSON, and the digest that a signature is of.

Source: GOV.UK, Carer's Passport and Conversation Map. A section that holds nothing is not in the content.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from services.passport.domain import refusals

NATURE: Final = "nature"
PATTERN: Final = "pattern"
IMPACT: Final = "impact"
FLEXIBILITIES: Final = "flexibilities"
NOT_AGREED: Final = "not-agreed"
EMERGENCY: Final = "emergency"
CONTACT: Final = "contact"
SUPPORT: Final = "support"

SECTIONS: Final = (NATURE, PATTERN, IMPACT, FLEXIBILITIES, NOT_AGREED, EMERGENCY, CONTACT, SUPPORT)
"""Every section, in the order of the conversation."""

TEXTS: Final = (NATURE, IMPACT, NOT_AGREED, EMERGENCY, CONTACT, SUPPORT)
"""The sections that are free text."""

PROPOSED_BY_MANAGERS: Final = (IMPACT, FLEXIBILITIES, NOT_AGREED, EMERGENCY, CONTACT, SUPPORT)
"""What a manager can propose to change: what is about work. What is about the caring is the carer's alone."""

PATTERNS: Final = ("steady", "fluctuating", "crisis")
KINDS: Final = ("hours", "place", "compressed", "appointments", "phone", "workload", "travel")

LONGEST_TEXT: Final = 2000
LONGEST_DETAIL: Final = 500
MOST_FLEXIBILITIES: Final = 12


@dataclass(frozen=True)
class Flexibility:
    """One thing agreed. ``trial_until``: the last day on which it is tried out; ``review_by``: when to look again."""

    kind: str
    detail: str = field(repr=False)
    start: date | None = None
    trial_until: date | None = None
    review_by: date | None = None


Value = str | tuple[Flexibility, ...]
"""What is written into a section: text, one of ``PATTERNS``, or what was agreed. Empty: the section holds nothing."""

Content = Mapping[str, Any]
"""Sections that hold something, by name: text, or a list of flexibilities as plain JSON."""


def plain(section: str, value: Value) -> Any:
    """The value as plain JSON; None where it is empty. Raises InvalidError where it is no value of this section."""
    if section not in SECTIONS:
        raise refusals.no_such_section()
    if section == FLEXIBILITIES:
        return _flexibilities(value)
    if not isinstance(value, str):
        raise refusals.wrong_value(section)
    text = value.strip()
    if section == PATTERN and text and text not in PATTERNS:
        raise refusals.wrong_value(section)
    if len(text) > LONGEST_TEXT:
        raise refusals.too_long(LONGEST_TEXT)
    return text or None


def to_text(value: object) -> str | None:
    """A plain value as canonical JSON, the form in which it is sealed; None stays None."""
    return None if value is None else _canonical(value)


def from_text(text: str | None) -> object:
    """The plain value again; None where there is none, or where the person was erased."""
    return None if text is None else json.loads(text)


def with_section(content: Content, section: str, value: object) -> dict[str, object]:
    """The content after a section was written, or emptied with None."""
    rest = {name: held for name, held in content.items() if name != section}
    return rest if value is None else {**rest, section: value}


def digest_of(content: Content) -> str:
    """SHA-256 of the content's canonical form: the same for the same content, however it came about."""
    return hashlib.sha256(_canonical(dict(content)).encode()).hexdigest()


def missing(content: Content) -> tuple[str, ...]:
    """What is to be written before anybody can sign: how it shows at work, and what was agreed or was not."""
    lacking = () if IMPACT in content else (IMPACT,)
    return lacking if FLEXIBILITIES in content or NOT_AGREED in content else (*lacking, FLEXIBILITIES)


def changed(before: Content, after: Content) -> tuple[str, ...]:
    """The sections that differ, in the order of the conversation."""
    return tuple(section for section in SECTIONS if before.get(section) != after.get(section))


def _flexibilities(value: Value) -> list[dict[str, object]] | None:
    if isinstance(value, str):
        if value.strip():
            raise refusals.wrong_value(FLEXIBILITIES)
        return None
    if len(value) > MOST_FLEXIBILITIES:
        raise refusals.too_many(MOST_FLEXIBILITIES)
    return [_flexibility(each) for each in value] or None


def _flexibility(each: Flexibility) -> dict[str, object]:
    detail = each.detail.strip()
    if each.kind not in KINDS or not detail:
        raise refusals.wrong_value(FLEXIBILITIES)
    if len(detail) > LONGEST_DETAIL:
        raise refusals.too_long(LONGEST_DETAIL)
    if each.start and any(end is not None and end < each.start for end in (each.trial_until, each.review_by)):
        raise refusals.ends_before_it_starts()
    return {
        "kind": each.kind,
        "detail": detail,
        "start": _iso(each.start),
        "trial_until": _iso(each.trial_until),
        "review_by": _iso(each.review_by),
    }


def flexibilities_in(content: Content) -> tuple[Flexibility, ...]:
    """What was agreed, as values again."""
    held: Sequence[Mapping[str, Any]] = content.get(FLEXIBILITIES) or ()
    return tuple(
        Flexibility(
            each["kind"],
            each["detail"],
            _date(each["start"]),
            _date(each["trial_until"]),
            _date(each["review_by"]),
        )
        for each in held
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
