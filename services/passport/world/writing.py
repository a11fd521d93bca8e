"""One passport: written, talked about, signed by both, shared, reviewed each year, taken along, ended."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from services.passport.domain.commands import (
    AcceptTransfer,
    AnswerProposal,
    BeginPassport,
    EndPassport,
    ProposeChange,
    RecordConversation,
    SharePassport,
    SignPassport,
    TransferPassport,
    WriteSection,
)
from services.passport.domain.sections import (
    FLEXIBILITIES,
    IMPACT,
    PATTERN,
    PATTERNS,
    SECTIONS,
    Flexibility,
    Value,
    digest_of,
    plain,
    with_section,
)
from services.passport.domain.signatures import CARER, MANAGER
from services.passport.world.texts import DETAILS, IMPACTS, PROPOSALS, PURPOSE
from shared.demonstration.people import Member
from shared.demonstration.plan import in_hours
from shared.demonstration.world import World
from shared.kernel.clock import LONDON
from shared.kernel.periods import add_months

ENDS: Final = ("caring-ended", "not-needed", "leaving")

_LATE: Final = (-15, 10, 45, 120, 240, 400)
"""Days between the day on which a review is due and the one on which it happens."""

_PROMPT: Final = (30, 34, 16, 12, 8, 0)
_SLOW: Final = (4, 6, 10, 20, 30, 30)
"""How often each of these, in organisations that see to reviews and in those that do not."""

_SLOW_SHARE: Final = 0.6
"""The share of organisations that do not."""


@dataclass
class Paper:
    """A passport as the story knows it. ``content``: what is written; ``readers``: managers who were let read it."""

    member: Member
    content: dict[str, object] = field(default_factory=dict)
    readers: set[str] = field(default_factory=set)
    agreed: bool = False
    ended: bool = False


class Writing:
    """Passports of a world, each followed on the agenda."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._papers: dict[str, Paper] = {}

    @property
    def today(self) -> date:
        """The day in London on the world's clock."""
        return self._world.clock.now().astimezone(LONDON).date()

    def paper_of(self, member: Member) -> Paper | None:
        """Somebody's passport, where they have begun one."""
        return self._papers.get(member.person)

    def begin(self, member: Member, chance: Random) -> None:
        """Begin to write; some weeks later it has been talked about and is signed, mostly."""
        if self.draft(member, chance) is not None and chance.random() < 0.9:
            self._in(chance.randrange(5, 45), chance, lambda: self.talk_and_sign(member, chance))

    def draft(self, member: Member, chance: Random) -> Paper | None:
        """The first words of a passport, shared with the manager; None where there is one already, or no post."""
        if not member.employment or self._as_carer(member, BeginPassport(member.person, member.person)) is None:
            return None
        paper = self._papers[member.person] = Paper(member)
        self._write(paper, IMPACT, chance.choice(IMPACTS))
        self._write(paper, PATTERN, chance.choice(PATTERNS))
        kind, detail = chance.choice(DETAILS)
        self._write(paper, FLEXIBILITIES, (Flexibility(kind, detail, self.today),))
        self._share(paper)
        return paper

    def talk_and_sign(self, member: Member, chance: Random, *, both: bool = True) -> None:
        """The conversation, then both signatures on what is written. ``both``: the manager signs too."""
        paper, person = self._papers.get(member.person), member.person
        if paper is None or not member.is_there(self.today) or not self._share(paper):
            return
        self._as_carer(member, RecordConversation(person, self.today, person))
        self._sign(paper, CARER, person)
        if both and self._sign(paper, MANAGER, self._manager(member)):
            paper.agreed = True
            self._plan_review(paper, chance)

    def propose(self, member: Member, chance: Random, *, answered: bool = True) -> None:
        """The manager proposes other words, which the carer mostly answers within some days."""
        paper, manager = self._papers.get(member.person), self._manager(member)
        if paper is None or not manager or not self._share(paper):
            return
        words, why = chance.choice(PROPOSALS)
        told = self._do(ProposeChange(member.person, IMPACT, words, why, manager), manager, member)
        if told is not None and answered and chance.random() < 0.7:
            self._in(chance.randrange(1, 9), chance, lambda: self._answer(paper, told["proposal"], words, chance))

    def move(self, member: Member) -> None:
        """Somebody has come from another organisation: they take along what was agreed, and the manager takes over."""
        paper = self._papers.get(member.person)
        if paper is None or not paper.agreed or paper.ended:
            return
        paper.member = member
        if self._as_carer(member, TransferPassport(member.person, member.body.slug, member.person)) is None:
            return
        paper.readers = {self._manager(member)}
        chance = self._world.plan.chance("taking over", member.number)
        if chance.random() < 0.8:
            self._in(chance.randrange(2, 40), chance, lambda: self._take_over(member))

    def _take_over(self, member: Member) -> None:
        if manager := self._manager(member):
            self._do(AcceptTransfer(member.person, manager), manager, member)

    def _answer(self, paper: Paper, proposal: str, words: str, chance: Random) -> None:
        accepted = chance.random() < 0.75
        command = AnswerProposal(paper.member.person, proposal, accepted, paper.member.person)
        if self._as_carer(paper.member, command) is not None and accepted:
            paper.content = with_section(paper.content, IMPACT, words)
            self._review(paper, chance)

    def _plan_review(self, paper: Paper, chance: Random) -> None:
        """A year later, sooner or later than due; now and then a passport is needed no longer."""
        slow = self._world.plan.chance("reviews", paper.member.body.slug).random() < _SLOW_SHARE
        late = chance.choices(_LATE, _SLOW if slow else _PROMPT)[0]
        day = add_months(self.today, 12) + timedelta(days=late + chance.randrange(10))
        if chance.random() < 0.05:
            self._on(day, chance, lambda: self._end(paper, chance))
        else:
            self._on(day, chance, lambda: self._review(paper, chance))
        if chance.random() < 0.12:
            self._in(chance.randrange(40, 300), chance, lambda: self.propose(paper.member, chance))

    def _review(self, paper: Paper, chance: Random) -> None:
        member = paper.member
        if paper.ended or not paper.agreed or not member.is_there(self.today) or not self._share(paper):
            return
        if chance.random() < 0.25:
            self._write(paper, IMPACT, chance.choice(IMPACTS))
        self._sign(paper, CARER, member.person)
        if self._sign(paper, MANAGER, self._manager(member)):
            self._plan_review(paper, chance)

    def _end(self, paper: Paper, chance: Random) -> None:
        command = EndPassport(paper.member.person, chance.choice(ENDS), paper.member.person)
        paper.ended = self._as_carer(paper.member, command) is not None or paper.ended

    def _write(self, paper: Paper, section: str, value: Value) -> None:
        command = WriteSection(paper.member.person, section, value, paper.member.person)
        if self._as_carer(paper.member, command) is not None:
            paper.content = with_section(paper.content, section, plain(section, value))

    def _share(self, paper: Paper) -> bool:
        """Let the manager of today read all of it; answers whether there is one who may."""
        member, manager = paper.member, self._manager(paper.member)
        if not manager:
            return False
        if manager not in paper.readers:
            command = SharePassport(member.person, manager, SECTIONS, PURPOSE, self.today, None, member.person)
            if self._as_carer(member, command) is None:
                return False
            paper.readers.add(manager)
        return True

    def _sign(self, paper: Paper, side: str, by: str) -> bool:
        command = SignPassport(paper.member.person, side, digest_of(paper.content), by)
        return bool(by) and self._do(command, by, paper.member) is not None

    def _manager(self, member: Member) -> str:
        manager = member.manager(self.today)
        return manager.person if manager else ""

    def _as_carer(self, member: Member, command: object) -> dict[str, object] | None:
        return self._do(command, member.person, member)

    def _do(self, command: object, by: str, member: Member) -> dict[str, Any] | None:
        return self._world.attempt("passport", command, by, member.body.slug)

    def _in(self, days: int, chance: Random, act: object) -> None:
        self._on(self.today + timedelta(days=days), chance, act)

    def _on(self, day: date, chance: Random, act: Any) -> None:
        self._world.agenda.at(in_hours(day, chance), act)
