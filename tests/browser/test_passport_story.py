"""A passport in a browser, by keyboard alone: written and talked about, signed by both, read by whom the carer chose,
and reviewed with the next manager.

In order: each test goes on where the one before it ended. The carer holds a small phone.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import WIDTHS, Visit
from tests.browser.visitor import Visitor
from tests.system.site import Site

pytestmark = [pytest.mark.system, pytest.mark.timeout(180)]

PHONE = WIDTHS[0]
MINE = "/passport/"
TEAM = "/passport/team"
IMPACT = "Some calls cannot wait until the evening"
HOURS = "Start between ten and eleven on Tuesdays"
CONTACT = "By message, never on Mondays"
BETTER_CONTACT = "By message, and by phone when it is urgent"
CARER = "Carer Sample 1 (C1, Officer)"
MANAGER = "Manager Sample (M1, Officer)"
NEXT = "Hr Sample (H1, Officer)"
"""Names are told to those who may know them: of a colleague the carer sees number and post."""

WRITTEN = "Pattern of caring; How it affects my work; What is agreed; How to contact me"


@dataclass
class Pair:
    """A carer and who manages them, each at a browser of their own."""

    carer: Visitor
    manager: Visitor


@pytest.fixture
def pair(visit: Visit) -> Pair:
    return Pair(visit("Ministry", "Carer", PHONE), visit("Ministry", "Line manager"))


def test_a_passport_is_written_talked_about_and_signed_by_both(pair: Pair, site: Site) -> None:
    carer, manager = pair.carer, pair.manager
    carer.open(MINE)
    carer.press("Start my passport")
    _write_the_parts(carer, site)
    _share_with_the_manager(carer, site)
    _record_the_conversation(carer, site)

    manager.sees_at(TEAM, f"{CARER} Discussed")
    manager.follow(CARER)
    manager.sees("Fluctuating", IMPACT, f"Working hours: {HOURS}", CONTACT)
    _propose_another_contact(manager)

    carer.sees_at(MINE, "Your manager has proposed a change to: How to contact me")
    carer.follow("Read and answer")
    carer.sees(MANAGER, "Sometimes there is no time", CONTACT, BETTER_CONTACT)
    carer.press("Accept")
    carer.sees("Success", "Your passport has been changed")

    manager.open(TEAM)
    manager.follow(CARER)
    manager.sees(BETTER_CONTACT)
    manager.press("Read again and sign")
    _sign(manager, "You have signed. The carer signs next")

    carer.sees_at(MINE, "Check and sign Your manager has signed")
    carer.follow("Check and sign")
    carer.sees(IMPACT, HOURS, BETTER_CONTACT)
    _sign(carer, "You and your manager have both signed")
    carer.sees("Status Agreed", "Review due by")

    manager.sees_at(TEAM, f"{CARER} Agreed")
    carer.follow("What was agreed, to save or print")
    today = f"{site.day(0):%A} {site.day(0).day} {site.day(0):%B %Y}"
    carer.sees(f"{CARER}, signed on {today}", f"{MANAGER}, signed on {today}", HOURS, BETTER_CONTACT)


def test_each_reads_what_the_carer_chose_and_the_carer_sees_who_has_looked(pair: Pair, visit: Visit) -> None:
    carer, colleague, hr = pair.carer, visit("Ministry", "Payroll"), visit("Ministry", "HR")
    colleague.open(TEAM)
    colleague.sees("Nobody else shares a passport with you")
    _share_contact_with_a_colleague(carer)

    colleague.sees_at(TEAM, CARER)
    colleague.follow(CARER)
    colleague.sees("How to contact me", BETTER_CONTACT)
    colleague.sees_nothing_of(IMPACT, HOURS, "Propose a change", "sign")
    theirs = colleague.page.url.removeprefix(colleague.address)
    _read_as_hr(hr)

    carer.open("/passport/readings")
    read = [[who, whose, what, what_for] for _, who, whose, what, what_for in carer.table("Newest first")]
    assert read[:2] == [
        ["HR", "P1, Officer", WRITTEN, "To advise the carer or their manager"],
        ["Person you named", "H1, Officer", "How to contact me", ""],
    ]
    assert {tuple(line[:2]) for line in read[2:]} == {("Manager", "Manager Sample, M1, Officer")}

    carer.open("/passport/sharing")
    carer.sees("H1, Officer, as the person you named", f"{MANAGER}, for as long as they are your manager")
    carer.press("Stop sharing with H1, Officer")
    carer.sees("Success", "You have stopped sharing")
    carer.sees_nothing_of("H1, Officer")
    colleague.open(theirs)
    expect(colleague.page.get_by_role("heading", level=1)).to_have_text("Page not found")
    colleague.sees_nothing_of(BETTER_CONTACT)


def test_the_next_manager_reads_it_once_it_is_shared_and_both_review_it(pair: Pair, visit: Visit, site: Site) -> None:
    carer, old = pair.carer, pair.manager
    old.open(TEAM)
    old.follow(CARER)
    old.sees(IMPACT)
    theirs = old.page.url.removeprefix(old.address)
    _change_the_manager(visit("Ministry", "HR"), site)

    old.sees_no_more_at(TEAM, CARER)
    old.open(theirs)
    expect(old.page.get_by_role("heading", level=1)).to_have_text("Page not found")
    new = visit("Ministry", "Line manager")
    new.sees_at(TEAM, f"{CARER} Agreed")
    new.sees("Due for review because there is a new manager", "Not shared with you")
    new.follow(CARER)
    new.sees("Agreed", "There is nothing written in the parts that you can read")
    new.sees_nothing_of(IMPACT, HOURS, BETTER_CONTACT)

    carer.sees_at(MINE, "due for review because there is a new manager")
    carer.press("Review it")
    carer.press("Ask for a review")
    carer.sees("Success", "Review requested. Your manager can see that a review is due", "circumstances have changed")
    carer.open("/passport/sharing/new")
    carer.choose("who", f"My manager ({NEXT})")
    carer.press("Continue")
    carer.press("Share")
    carer.sees("Success", f"{NEXT}, for as long as they are your manager")
    carer.open("/passport/review")
    carer.press("Check and sign")
    _sign(carer, "You have signed. Your manager signs next")

    new.sees_at(TEAM, "Needs your signature")
    new.follow(CARER)
    new.sees(IMPACT, HOURS, BETTER_CONTACT)
    new.press("Read again and sign")
    _sign(new, "You and the carer have both signed")
    new.sees("Reviewed", "Last reviewed on")
    new.sees_nothing_of("due for review because")
    carer.sees_at(MINE, "Status Reviewed")
    carer.sees_nothing_of("due for review because")


def _write_the_parts(carer: Visitor, site: Site) -> None:
    """Through every part in the order of the conversation; some stay empty."""
    carer.sees("Success", "Passport started", "Part 1 of 8")
    carer.press("Save and continue")
    carer.sees("Part 2 of 8")
    carer.choose("text", "Fluctuating")
    carer.press("Save and continue")
    carer.write("How it affects my work", IMPACT)
    carer.press("Save and continue")
    carer.sees("What have you and your manager agreed?", "No arrangements yet")
    carer.press("Add an arrangement")
    _write_an_arrangement(carer, site)
    carer.press("Continue")
    for number in (5, 6):
        carer.sees(f"Part {number} of 8")
        carer.press("Save and continue")
    carer.write("How to contact me", CONTACT)
    carer.press("Save and continue")
    carer.sees("Part 8 of 8")
    carer.press("Save and continue")
    carer.sees("Check your passport", "Fluctuating", IMPACT, HOURS, CONTACT)
    carer.sees("Your manager can only sign what they can read", "talk to your manager about it, and enter the date")


def _write_an_arrangement(carer: Visitor, site: Site) -> None:
    starts, trial = "Start date (optional)", "Last day of the trial (optional)"
    carer.press("Save")
    carer.follow_the_error("Choose what it is about", "kind")
    carer.page.keyboard.press("Space")
    carer.write_day((30, 2, site.day(0).year), starts)
    carer.press("Save")
    carer.follow_the_error("Enter what is agreed", "detail")
    carer.page.keyboard.type(HOURS)
    carer.press("Save")
    carer.follow_the_error("Enter a real date", "start-day")
    carer.write_day(site.day(7), starts)
    carer.write_day(site.day(6), trial)
    carer.press("Save")
    carer.follow_the_error("This must be on or after the day it starts", "trial_until-day")
    carer.write_day(site.day(14), trial)
    carer.press("Save")
    carer.sees("Success", f"Working hours: {HOURS}", "on trial until")


def _share_with_the_manager(carer: Visitor, site: Site) -> None:
    """All that is written, as the page proposes it."""
    carer.follow("share with your manager")
    carer.sees("You are not sharing it with anybody")
    carer.press("Share with somebody")
    carer.press("Continue")
    carer.follow_the_error("Choose who you want to share it with", "who")
    carer.page.keyboard.press("Space")
    carer.press("Continue")
    carer.sees(f"{MANAGER}, your manager")
    carer.write("Why are you sharing it?", "")
    carer.write_day(site.day(-1), "Last day (optional)")
    carer.press("Share")
    carer.follow_the_error("Enter why you are sharing it", "purpose")
    carer.page.keyboard.type("To agree it and to keep to it")
    carer.press("Share")
    carer.follow_the_error("The last day must be on or after the first", "ends-day")
    for label in ("Day", "Month", "Year"):
        carer.reach(carer.page.get_by_role("group", name="Last day (optional)").get_by_label(label))
        carer.page.keyboard.press("Control+A")
        carer.page.keyboard.press("Delete")
    carer.press("Share")
    carer.sees("Success", f"{MANAGER}, for as long as they are your manager", WRITTEN, "until you stop it")


def _record_the_conversation(carer: Visitor, site: Site) -> None:
    carer.open(MINE)
    carer.sees("Draft", "Share it with my manager Shared")
    carer.follow("Talk about it")
    carer.press("Save and continue")
    carer.follow_the_error("Enter the date when you talked", "held_on-day")
    carer.write_day(site.day(1))
    carer.press("Save and continue")
    carer.follow_the_error("The date of the conversation must be today or in the past", "held_on-day")
    carer.write_day(site.day(0))
    carer.press("Save and continue")
    carer.sees("Success", "Conversation recorded")


def _propose_another_contact(manager: Visitor) -> None:
    manager.follow("How to contact me")
    manager.press("Send to the carer")
    manager.follow_the_error("Enter why you are proposing this", "reason")
    manager.page.keyboard.type("Sometimes there is no time")
    manager.press("Send to the carer")
    manager.follow_the_error("This is already written", "text")
    manager.write("How to contact me", BETTER_CONTACT)
    manager.press("Send to the carer")
    manager.sees("Success", "Proposal sent. The carer can accept or decline it", "The carer has not answered yet")


def _sign(visitor: Visitor, told: str) -> None:
    """Once without the tick, then with it."""
    visitor.press("Sign")
    visitor.follow_the_error("Select the box to sign", "agreed")
    visitor.page.keyboard.press("Space")
    visitor.press("Sign")
    visitor.sees("Success", told)


def _share_contact_with_a_colleague(carer: Visitor) -> None:
    carer.open("/passport/sharing/new")
    carer.choose("who", "Somebody else in my organisation")
    carer.press("Continue")
    carer.follow_the_error("Enter their staff number", "staff_number")
    carer.page.keyboard.type("X9")
    carer.press("Continue")
    carer.follow_the_error("Nobody in your organisation has this staff number today", "staff_number")
    carer.write("Staff number, if it is somebody else", "H1")
    carer.press("Continue")
    carer.press("Share")
    carer.follow_the_error("Choose at least one part", "sections")
    carer.tick("How to contact me")
    carer.write("Why are you sharing it?", "To pass on messages")
    carer.press("Share")
    carer.sees("Success", "H1, Officer, as the person you named", "Why: To pass on messages")


def _read_as_hr(hr: Visitor) -> None:
    hr.open(MINE)
    hr.follow("Read a passport as HR")
    hr.press("Read the passport")
    hr.follow_the_error("Enter a staff number", "staff_number")
    hr.page.keyboard.type("X9")
    hr.press("Read the passport")
    hr.follow_the_error("Choose why you need to read it", "purpose")
    hr.page.keyboard.press("Space")
    hr.press("Read the passport")
    hr.follow_the_error("Nobody else in your organisation has this staff number today", "staff_number")
    hr.write("Staff number", "C1")
    hr.press("Read the passport")
    hr.sees(CARER, IMPACT, HOURS, "To advise the carer or their manager", "The carer can see this")


def _change_the_manager(hr: Visitor, site: Site) -> None:
    """From today the carer is managed by H1; at first HR writes a number that nobody has."""
    hr.open("/workforce/find")
    hr.write("Find somebody by name or staff number", "C1")
    hr.press("Find")
    hr.follow("Carer Sample 1")
    hr.press("Change")
    hr.write("Line manager's staff number", "X9")
    hr.press("Save the change")
    hr.follow_the_error("X9", "manager_staff_number")
    hr.write("Line manager's staff number", "H1")
    hr.write_day((31, 6, site.day(0).year), "When does the change start?")
    hr.press("Save the change")
    hr.follow_the_error("Enter a real date", "effective_from-day")
    hr.write_day(site.day(0), "When does the change start?")
    hr.press("Save the change")
    hr.sees("Success", "Change recorded", "Hr Sample")
