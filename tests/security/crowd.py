"""Services in which everybody stands in another relation to one carer, with a known word in every secret field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from services.accreditation.domain import commands as accreditation
from services.leave.domain import commands as leave
from services.passport.domain import commands as passport
from services.passport.domain.passport import Passport
from services.passport.domain.sections import Flexibility
from services.payroll.domain import commands as payroll
from services.reporting.domain import commands as reporting
from services.workforce.domain import commands as workforce
from shared.store.commands import CommandKey
from shared.web.actor import Actor
from tests.fleet import EMPLOYER, HR, Fleet, digest_of_passport, particulars
from tests.support import MONDAY, project

WORKS: Final = EMPLOYER
RIVERS: Final = "rivers-agency"
CENTRE: Final = "carers-strategy-team"
NOW: Final = date(2026, 4, 15)
"""The day on which everybody asks: a Wednesday, after March's returns were due."""
MARCH: Final = "2026-03"

CALLED: Final = "quoll-called"
REASON_OF_CORRECTION: Final = "quoll-corrected"
REASON_OF_POSTPONEMENT: Final = "quoll-postponed"
REASON_OF_NOT_WAIVING: Final = "quoll-not-waived"
SHARED_WITH_MANAGER: Final = "quoll-for-manager"
SHARED_WITH_COLLEAGUE: Final = "quoll-for-colleague"
SHARED_WITH_NOBODY: Final = "quoll-for-nobody"
ARRANGED: Final = "quoll-arranged"
PROPOSED: Final = "quoll-proposed"
REASON_OF_PROPOSAL: Final = "quoll-why-proposed"
PURPOSE: Final = "quoll-purpose"
EVIDENCE: Final = "quoll-completed"
NOTE: Final = "quoll-exempt"
OWNER: Final = "quoll-owner"
IN_PLACE: Final = "quoll-in-place"
ASSESSED: Final = "quoll-assessed"
REFERENCE: Final = "quoll-certificate"
NUMBER: Final = "C1QUOLL"
CALLED_IN_RIVERS: Final = "newt-called"
IN_PLACE_IN_RIVERS: Final = "newt-in-place"


@dataclass(frozen=True)
class Crowd:
    """The fleet, who may ask, and the things asked about, by the names that requests use."""

    fleet: Fleet
    actors: dict[str, Actor]
    things: dict[str, str]

    def renew(self, name: str) -> None:
        """Let there be another thing of this name, for one who uses it up."""
        self.things[name] = _RENEWED[name](self.fleet, self.things)


def crowd(folder: Path) -> Crowd:
    """Let everything happen to the carer that leaves a trace, up to ``NOW``, when they have a new manager."""
    fleet = Fleet(folder)
    people = _employ(fleet)
    carer, employment = people["carer"], people["carer's post"]
    things = {"carer": carer, "employment": employment, "number": NUMBER}
    things |= {who: people[who] for who in ("manager", "operator")}
    things |= _train(fleet, carer)
    things["taken"] = _give(fleet, carer, employment, date(2026, 3, 16), date(2026, 3, 17))
    things |= _agree(fleet, people)
    _be(fleet, date(2026, 3, 18))
    things["batch"] = _do(fleet, "payroll", payroll.SealBatch(WORKS, WORKS, "monthly", "", 0, "", HR))["batch"]
    half = leave.CorrectDay(carer, WORKS, things["taken"], date(2026, 3, 16), Fraction(222), REASON_OF_CORRECTION, HR)
    _do(fleet, "leave", half)
    _be(fleet, NOW)
    things |= _decide(fleet, people)
    newly = replace(particulars(NUMBER, "M1"), post="Adviser")
    _do(fleet, "workforce", workforce.ChangeEmployment(carer, employment, NOW, newly, HR))
    fleet.settle()
    things |= _share(fleet, people)
    fleet.settle()
    _do(fleet, "reporting", reporting.HoldReturns(RIVERS, "records-moving", "system"))
    return Crowd(fleet, _actors(people), things)


def _do(fleet: Fleet, service: str, command: Any) -> dict[str, Any]:
    """Execute a command, and let its own service's lists show it."""
    wiring = fleet.services[service]
    done = wiring.application.execute(command, CommandKey(f"{WORKS}/{HR}/{type(command).__name__}", str(uuid4())))
    project(wiring)
    return done.data


def _employ(fleet: Fleet) -> dict[str, str]:
    for name, kind in (("Ministry of Works", "department"), ("Rivers Agency", "department")):
        _do(fleet, "workforce", workforce.RecordOrganisation(name, "", kind, HR))
    _do(fleet, "workforce", workforce.RecordOrganisation("Carers Strategy Team", "", "centre", HR))
    for name, slug in (("Ministry of Works", WORKS), ("Rivers Agency", RIVERS), ("Carers Strategy Team", CENTRE)):
        _do(fleet, "workforce", workforce.RecordLegalEmployer(name, slug, HR))
    people: dict[str, str] = {}

    def employ(who: str, number: str, manager: str = "", place: str = WORKS, called: str = "Somebody") -> str:
        terms = replace(particulars(number, manager), organisation=place, employer=place)
        held = _do(fleet, "workforce", workforce.RecordEmployment("", called, terms, HR))
        people[who] = held["person"]
        return str(held["employment"])

    employ("manager", "M1")
    employ("former manager", "F1")
    people["carer's post"] = employ("carer", NUMBER, "F1", called=CALLED)
    for who in ("named colleague", "colleague", "hr", "payroll", "operator"):
        employ(who, who.upper().replace(" ", ""))
    for who in ("manager", "hr", "payroll"):
        employ(f"{who} elsewhere", who[0].upper(), place=RIVERS)
    employ("carer elsewhere", "C", "M", place=RIVERS, called=CALLED_IN_RIVERS)
    employ("statistics", "S", place=CENTRE)
    fleet.settle()
    return people


def _train(fleet: Fleet, carer: str) -> dict[str, str]:
    """What HR has recorded: a course that the carer took and is let off later, a champion, an assessment, an award."""
    long_ago, last_year = date(2025, 1, 6), date(2025, 6, 2)

    def do(command: Any) -> dict[str, Any]:
        return _do(fleet, "accreditation", command)

    do(accreditation.RecordCourse(WORKS, "carer-aware", "Carer aware", "all-staff", 24, 0, long_ago, HR))
    completion = _complete(fleet, {"carer": carer})
    do(accreditation.ExemptPerson(WORKS, "carer-aware", carer, date(2026, 12, 1), None, "other", NOTE, HR))
    do(accreditation.RecordProvision(WORKS, "carers-champion", long_ago, OWNER, IN_PLACE, date(2026, 12, 1), HR))
    do(accreditation.RecordProvision(RIVERS, "carers-champion", long_ago, "A post", IN_PLACE_IN_RIVERS, None, HR))
    scores = {"lead-named": 2, "carers-known": 1, "plan-kept": 0}
    do(accreditation.AssessArea(WORKS, "carer-confident", "preparation", scores, ASSESSED, last_year, HR))
    award = accreditation.RecordAward(WORKS, "carer-confident", "active", last_year, None, (WORKS,), REFERENCE, HR)
    return {"completion": completion, "award": do(award)["award"]}


def _agree(fleet: Fleet, people: dict[str, str]) -> dict[str, str]:
    """A passport that the former manager has signed, and that a colleague reads in part."""
    carer, today = people["carer"], fleet.clock.now().date()

    def do(command: Any) -> dict[str, Any]:
        return _do(fleet, "passport", command)

    do(passport.BeginPassport(carer, carer))
    arranged = (Flexibility("hours", ARRANGED, today, None, date(2026, 12, 1)),)
    written: dict[str, Any] = {
        "impact": SHARED_WITH_MANAGER,
        "contact": SHARED_WITH_COLLEAGUE,
        "nature": SHARED_WITH_NOBODY,
        "flexibilities": arranged,
    }
    for section, value in written.items():
        do(passport.WriteSection(carer, section, value, carer))
    shared = passport.SharePassport(carer, people["former manager"], tuple(written), "To agree it", today, None, carer)
    do(shared)
    do(passport.RecordConversation(carer, today, carer))
    for side, by in (("carer", carer), ("manager", people["former manager"])):
        do(passport.SignPassport(carer, side, digest_of_passport(fleet, carer), by))
    return {}


def _decide(fleet: Fleet, people: dict[str, str]) -> dict[str, str]:
    """One notice of every kind of answer, and one of each kind that waits."""
    carer, post, manager = people["carer"], people["carer's post"], people["former manager"]
    given = _give(fleet, carer, post, NOW + timedelta(days=20))
    postponed = _give(fleet, carer, post, NOW + timedelta(days=14))
    later = (leave.Day(NOW + timedelta(days=21), "am"),)
    because = (NOW, REASON_OF_POSTPONEMENT, False, "manager", manager)
    _do(fleet, "leave", leave.PostponeNotice(carer, WORKS, postponed, (), later, *because))
    not_waived = _give(fleet, carer, post, NOW + timedelta(days=1))
    _do(fleet, "leave", leave.NotWaiveNotice(carer, WORKS, not_waived, REASON_OF_NOT_WAIVING, "manager", manager))
    waiting = {
        "given": given,
        "given too": _give(fleet, carer, post, NOW + timedelta(days=41)),
        "late": _give(fleet, carer, post, NOW + timedelta(days=2)),
        "late too": _give(fleet, carer, post, NOW + timedelta(days=1)),
        "late last": _give(fleet, carer, post, NOW + timedelta(days=2), part="pm"),
    }
    return {**waiting, "postponed": postponed, "not_waived": not_waived}


def _share(fleet: Fleet, people: dict[str, str]) -> dict[str, str]:
    """What the new manager and the colleague may read, what the manager proposes, and that HR has looked."""
    carer, manager = people["carer"], people["manager"]

    def share(reader: str, *sections: str) -> str:
        command = passport.SharePassport(carer, reader, sections, PURPOSE, NOW, None, carer)
        return str(_do(fleet, "passport", command)["consent"])

    share(manager, "impact", "flexibilities")
    share(people["named colleague"], "contact")
    _do(fleet, "passport", passport.StopSharing(carer, share(people["colleague"], "contact"), carer))
    _do(fleet, "passport", passport.SignPassport(carer, "carer", digest_of_passport(fleet, carer), carer))
    found = {"carer": carer, "manager": manager, "operator": people["operator"]}
    return {name: _RENEWED[name](fleet, found) for name in ("proposal", "consent")}


def _propose(fleet: Fleet, things: Mapping[str, str]) -> str:
    proposed = passport.ProposeChange(
        things["carer"], "impact", f"{PROPOSED} {uuid4()}", REASON_OF_PROPOSAL, things["manager"]
    )
    return str(_do(fleet, "passport", proposed)["proposal"])


def _consent(fleet: Fleet, things: Mapping[str, str]) -> str:
    """To somebody whose role reads no passport."""
    carer = things["carer"]
    command = passport.SharePassport(carer, things["operator"], ("contact",), PURPOSE, NOW, None, carer)
    return str(_do(fleet, "passport", command)["consent"])


def _arrange(fleet: Fleet, things: Mapping[str, str]) -> str:
    arranged = (Flexibility("hours", ARRANGED, NOW, None, date(2026, 12, 1)),)
    _do(fleet, "passport", passport.WriteSection(things["carer"], "flexibilities", arranged, things["carer"]))
    return ""


def _begin(fleet: Fleet, things: Mapping[str, str]) -> str:
    """Another passport, where the last has ended."""
    found = fleet.services["passport"].application.load(Passport, Passport.id_of(things["carer"]))
    if found is not None and not found.is_open:
        _do(fleet, "passport", passport.BeginPassport(things["carer"], things["carer"]))
    return ""


def _complete(fleet: Fleet, things: Mapping[str, str]) -> str:
    done = (things["carer"], 1, date(2025, 6, 2), "certificate", EVIDENCE, HR)
    return str(_do(fleet, "accreditation", accreditation.RecordCompletion(WORKS, "carer-aware", *done))["completion"])


_RENEWED: Final[dict[str, Callable[[Fleet, Mapping[str, str]], str]]] = {
    "proposal": _propose,
    "consent": _consent,
    "arrangement": _arrange,
    "passport": _begin,
    "completion": _complete,
}


def _give(fleet: Fleet, carer: str, employment: str, *days: date, part: str = "am") -> str:
    """Notice of whole days in March, of half days later."""
    named = tuple(leave.Day(day, "whole" if day.month == MONDAY.month else part) for day in days)
    given = leave.GiveNotice(carer, employment, named, leave.Declaration(True, True), carer)
    return str(_do(fleet, "leave", given)["notice"])


def _be(fleet: Fleet, day: date) -> None:
    fleet.clock.advance(day - fleet.clock.now().date())
    fleet.settle()


def _actors(people: dict[str, str]) -> dict[str, Actor]:
    """Each role alone, each relation, and people with two roles."""

    def actor(who: str, *roles: str, place: str = WORKS) -> Actor:
        return Actor(people[who], place, frozenset(roles))

    return {
        "carer": actor("carer", "carer"),
        "manager": actor("manager", "carer"),
        "former manager": actor("former manager", "carer"),
        "named": actor("named colleague", "carer"),
        "colleague": actor("colleague", "carer"),
        "hr": actor("hr", "hr"),
        "payroll": actor("payroll", "payroll"),
        "operator": actor("operator", "operator"),
        "statistics": actor("statistics", "statistics", place=CENTRE),
        "carer in hr": actor("carer", "carer", "hr"),
        "manager in payroll": actor("manager", "carer", "payroll"),
        "carer elsewhere": actor("carer elsewhere", "carer", place=RIVERS),
        "hr elsewhere": actor("hr elsewhere", "carer", "hr", place=RIVERS),
        "payroll elsewhere": actor("payroll elsewhere", "payroll", place=RIVERS),
    }
