"""One passport as it stands: what is written, what was agreed, who signed, what is proposed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from services.passport.domain.sections import digest_of, with_section
from services.passport.domain.signatures import Signature
from services.passport.domain.terms import OPEN, Proposal


@dataclass
class Paper:
    """The state that the events of one passport lead to. Days are dates; ``content`` and ``agreed`` are by section.

    What people wrote is in no representation, so that no error or debugger's line can repeat it.
    """

    state: str = ""
    organisation: str = ""
    came_from: str = ""
    drafted_on: date | None = None
    held_on: date | None = None
    agreed_on: date | None = None
    reviewed_on: date | None = None
    review_due: date | None = None
    review_asked: bool = False
    ended_on: date | None = None
    version: int = 0
    content: dict[str, object] = field(default_factory=dict, repr=False)
    agreed: dict[str, object] | None = field(default=None, repr=False)
    agreed_by: dict[str, Signature] = field(default_factory=dict)
    signatures: dict[str, Signature] = field(default_factory=dict)
    proposals: dict[str, Proposal] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """The digest of what is written now: what a signature is of."""
        return digest_of(self.content)

    @property
    def is_open(self) -> bool:
        """Whether it has begun and has not ended."""
        return self.state in OPEN

    @property
    def has_changes(self) -> bool:
        """Whether what is written differs from what was agreed."""
        return self.agreed is not None and self.agreed != self.content

    def write(self, content: dict[str, object]) -> None:
        """Another version, which nobody has signed."""
        self.content = content
        self.version += 1
        self.signatures = {}

    def write_section(self, section: str, value: object) -> None:
        """Another version, in which one section differs."""
        self.write(with_section(self.content, section, value))

    def put_in_force(self, state: str, due: str) -> None:
        """Both have signed: what is written is agreed, until it is reviewed by the due day (ISO)."""
        self.state = state
        self.agreed = dict(self.content)
        self.agreed_by = self.signatures
        self.signatures = {}
        self.review_due = date.fromisoformat(due)
        self.review_asked = False

    def move(self, state: str, organisation: str) -> None:
        """It goes to another organisation; proposals made where it was, and half a review, are over."""
        self.state = state
        self.came_from, self.organisation = self.organisation, organisation
        self.proposals = {}
        self.signatures = {}
