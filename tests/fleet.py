"""Every service in one process with one clock, and the story of one day of leave from notice to correction."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any
from uuid import uuid4

from services.accreditation.domain import commands as accreditation
from services.leave.domain import commands as leave
from services.passport.domain import commands as passport
from services.passport.domain.passport import Passport
from services.passport.domain.sections import SECTIONS
from services.payroll.domain import commands as payroll
from services.workforce.domain import commands as workforce
from shared.contracts.wire import encode_batch
from shared.kernel.clock import FixedClock
from shared.runtime.service import installed
from shared.runtime.wiring import Wiring
from shared.store.commands import CommandKey
from tests.support import MONDAY, deliver, settings_for, wired

HR = "7b1d2f40-6a3c-4e5d-8f9a-0b1c2d3e4f50"
EMPLOYER = "ministry-of-works"


class Fleet:
    """Every service in one process, with one clock."""

    def __init__(self, folder: Path) -> None:
        self.clock = FixedClock(MONDAY)
        self.services: dict[str, Wiring] = {name: wired(name, settings_for(folder), self.clock) for name in installed()}

    def do(self, service: str, command: Any) -> dict[str, Any]:
        """Execute a command and let everything that follows from it arrive."""
        key = CommandKey(f"{EMPLOYER}/{HR}/{type(command).__name__}", str(uuid4()))
        answer = self.services[service].application.execute(command, key).data
        self.settle()
        return answer

    def settle(self) -> None:
        """Carry everything to everybody."""
        deliver(*self.services.values())

    def published(self, service: str) -> list[dict[str, Any]]:
        """Everything that a service has published, as it is sent."""
        page = self.services[service].outbox.page(0, 10_000)
        events: list[dict[str, Any]] = json.loads(encode_batch([event.body for event in page.events]))
        return events

    def close(self) -> None:
        """Give the databases back."""
        for wiring in self.services.values():
            wiring.close()


def particulars(number: str, manager: str = "", fte: str = "1/1") -> workforce.Particulars:
    """Somebody's terms."""
    return workforce.Particulars(
        staff_number=number,
        post="Adviser",
        organisation=EMPLOYER,
        employer=EMPLOYER,
        manager_staff_number=manager,
        nation="england",
        status="employee",
        fte=fte,
        full_time_minutes=2220,
        pattern="Mon-Fri 7:24",
        starts=date(2024, 1, 8),
    )


def tell_story(fleet: Fleet) -> None:
    """From an organisation's first record to a person's erasure; each published type at least once."""
    fleet.do("workforce", workforce.RecordOrganisation("Ministry of Works", "", "department", HR))
    fleet.do("workforce", workforce.RecordLegalEmployer("Ministry of Works", EMPLOYER, HR))
    manager = fleet.do("workforce", workforce.RecordEmployment("", "Mary Manager", particulars("M1"), HR))
    carer = fleet.do("workforce", workforce.RecordEmployment("", "Carl Carer", particulars("C1", "M1"), HR))
    person, employment = carer["person"], carer["employment"]
    days = tuple(leave.Day(MONDAY.date() + timedelta(days=after), "whole") for after in (16, 17))
    accredit(fleet, person)
    given = fleet.do("leave", leave.GiveNotice(person, employment, days, leave.Declaration(True, True), person))
    notice = given["notice"]
    fleet.do("leave", leave.ConfirmNotice(person, EMPLOYER, notice, "manager", manager["person"]))
    fleet.do("leave", leave.WithdrawNotice(person, EMPLOYER, notice, (days[1].date,), person))
    fleet.clock.advance(timedelta(days=17))
    fleet.settle()
    fleet.do("payroll", payroll.SealBatch(EMPLOYER, EMPLOYER, "monthly", "", 0, "", HR))
    fleet.do("leave", leave.CorrectDay(person, EMPLOYER, notice, days[0].date, Fraction(0), "Worked instead", HR))
    fleet.do("payroll", payroll.SealBatch(EMPLOYER, EMPLOYER, "monthly", "", 0, "", HR))
    tell_decisions(fleet, person, employment, manager["person"])
    fleet.do("workforce", workforce.RecordOrganisation("Rivers Agency", "", "department", HR))
    tell_passport(fleet, person, employment, manager["person"])
    later = date(2026, 4, 1)
    fleet.do("workforce", workforce.ChangeEmployment(person, employment, later, particulars("C1", "M1", "3/5"), HR))
    fleet.do("workforce", workforce.EndEmployment(person, employment, date(2026, 4, 30), HR))
    fleet.do("workforce", workforce.ForgetPerson(person, HR))


def tell_decisions(fleet: Fleet, person: str, employment: str, manager: str) -> None:
    """A notice that is postponed, and a late one that the manager does not waive."""
    today = fleet.clock.now().date()

    def give(after: int) -> str:
        days = (leave.Day(today + timedelta(days=after), "whole"),)
        given = fleet.do("leave", leave.GiveNotice(person, employment, days, leave.Declaration(True, True), person))
        return str(given["notice"])

    later = (leave.Day(today + timedelta(days=21), "whole"),)
    fleet.do(
        "leave",
        leave.PostponeNotice(person, EMPLOYER, give(14), (), later, today, "An audit", False, "manager", manager),
    )
    fleet.do("leave", leave.NotWaiveNotice(person, EMPLOYER, give(1), "No cover", "manager", manager))


def tell_passport(fleet: Fleet, person: str, employment: str, manager: str) -> None:
    """A passport from the draft to the end, with a review and a move to another organisation and back."""

    def both_sign() -> None:
        for side, by in (("carer", person), ("manager", manager)):
            fleet.do("passport", passport.SignPassport(person, side, digest_of_passport(fleet, person), by))

    today = fleet.clock.now().date()
    fleet.do("passport", passport.BeginPassport(person, person))
    fleet.do("passport", passport.WriteSection(person, "impact", "Calls during the day", person))
    fleet.do("passport", passport.WriteSection(person, "not-agreed", "Nothing is left open", person))
    fleet.do("passport", passport.SharePassport(person, manager, SECTIONS, "To agree it", today, None, person))
    fleet.do("passport", passport.RecordConversation(person, today, person))
    both_sign()
    proposed = fleet.do("passport", passport.ProposeChange(person, "contact", "By message", "It is quicker", manager))
    fleet.do("passport", passport.AnswerProposal(person, proposed["proposal"], True, person))
    fleet.do("passport", passport.DropChanges(person, person))
    fleet.do("passport", passport.AskForReview(person, person))
    both_sign()
    other = fleet.do("workforce", workforce.RecordEmployment("", "Olga Other", particulars("C2", "M1"), HR))["person"]
    named = fleet.do("passport", passport.SharePassport(person, other, ("contact",), "To help", today, None, person))
    fleet.do("passport", passport.StopSharing(person, named["consent"], person))
    elsewhere = replace(particulars("C1", "M1"), organisation="rivers-agency")
    fleet.do("workforce", workforce.ChangeEmployment(person, employment, today, elsewhere, HR))
    fleet.do("passport", passport.TransferPassport(person, "rivers-agency", person))
    fleet.do("passport", passport.AcceptTransfer(person, manager))
    fleet.do("passport", passport.EndPassport(person, "cared-for-died", person))


def digest_of_passport(fleet: Fleet, person: str) -> str:
    """The digest of what is written in somebody's passport now."""
    found = fleet.services["passport"].application.load(Passport, Passport.id_of(person))
    assert found is not None
    return found.paper.digest


def accredit(fleet: Fleet, person: str) -> None:
    """Training that is asked for, completed, taken back, expired and let off; what is in place; an award that ends."""
    today, long_ago = MONDAY.date(), date(2025, 1, 6)

    def do(command: Any) -> dict[str, Any]:
        return fleet.do("accreditation", command)

    do(accreditation.RecordCourse(EMPLOYER, "carer-aware", "Carer aware", "all-staff", 1, 30, long_ago, HR))
    for day in (today, date(2025, 12, 1)):
        done = accreditation.RecordCompletion(EMPLOYER, "carer-aware", person, 1, day, "certificate", "A note", HR)
        completion = do(done)["completion"]
        if day == today:
            do(accreditation.CorrectCompletion(EMPLOYER, "carer-aware", person, completion, HR))
    do(accreditation.ExemptPerson(EMPLOYER, "carer-aware", person, today, None, "not-in-their-role", "A note", HR))
    do(accreditation.RetireCourse(EMPLOYER, "carer-aware", today, HR))
    do(accreditation.RecordProvision(EMPLOYER, "carers-champion", long_ago, "Director", "Intranet", None, HR))
    do(accreditation.VacateChampion(EMPLOYER, today, HR))
    do(accreditation.WithdrawProvision(EMPLOYER, "carers-champion", today, HR))
    scores = {"lead-named": 2, "carers-known": 1, "plan-kept": 0}
    do(accreditation.AssessArea(EMPLOYER, "carer-confident", "preparation", scores, "The plan", today, HR))
    do(accreditation.RecordAward(EMPLOYER, "carer-confident", "active", long_ago, today, (EMPLOYER,), "", HR))
