"""What can be asked of a passport. Dates are dates; persons, consents and proposals are UUIDs as text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from services.passport.domain.sections import Value


@dataclass(frozen=True)
class BeginPassport:
    """Begin to write one's passport; another one where the last has ended."""

    person: str
    by: str


@dataclass(frozen=True)
class WriteSection:
    """Write a section of one's passport, or empty it."""

    person: str
    section: str
    value: Value = field(repr=False)
    by: str


@dataclass(frozen=True)
class RecordConversation:
    """Carer and manager have talked."""

    person: str
    held_on: date
    by: str


@dataclass(frozen=True)
class ProposeChange:
    """A manager proposes other words for a section, with a reason for the carer."""

    person: str
    section: str
    value: Value = field(repr=False)
    reason: str = field(repr=False)
    by: str


@dataclass(frozen=True)
class AnswerProposal:
    """The carer accepts a proposal, which writes it into the section, or declines it."""

    person: str
    proposal: str
    accepted: bool
    by: str


@dataclass(frozen=True)
class SignPassport:
    """Sign the version whose digest one was shown. ``side``: carer or manager."""

    person: str
    side: str
    digest: str
    by: str


@dataclass(frozen=True)
class DropChanges:
    """Go back to what was agreed last."""

    person: str
    by: str


@dataclass(frozen=True)
class AskForReview:
    """The carer's circumstances have changed: look at the passport again."""

    person: str
    by: str


@dataclass(frozen=True)
class SharePassport:
    """Let somebody read sections. ``ends``: the last day, or None until it is withdrawn."""

    person: str
    reader: str
    sections: tuple[str, ...]
    purpose: str = field(repr=False)
    starts: date
    ends: date | None
    by: str


@dataclass(frozen=True)
class StopSharing:
    """Withdraw a consent, from this moment."""

    person: str
    consent: str
    by: str


@dataclass(frozen=True)
class TransferPassport:
    """Take one's passport to the organisation in which one works now; its manager there may read all of it."""

    person: str
    organisation: str
    by: str


@dataclass(frozen=True)
class AcceptTransfer:
    """The new manager takes over what was agreed."""

    person: str
    by: str


@dataclass(frozen=True)
class EndPassport:
    """The passport is needed no longer. ``reason``: one of ``END_REASONS``; it stays sealed."""

    person: str
    reason: str = field(repr=False)
    by: str


@dataclass(frozen=True)
class Forget:
    """Erase a person: what their key sealed cannot be read again, and their passport takes nothing more."""

    person: str
    organisation: str
    by: str
