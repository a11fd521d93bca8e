"""The guided tour: for each role a page of steps that take ten minutes, on whatever people and days there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final


@dataclass(frozen=True)
class Step:
    """One thing to do. ``see``, ``why``: sentences; ``href``: where, or empty; ``link``: what that page is called."""

    do: str
    see: str
    why: str
    href: str = ""
    link: str = ""

    @property
    def service(self) -> str:
        """The first part of the address, which is a service's name or one of the front's pages."""
        return self.href.strip("/").partition("/")[0].partition("?")[0]


@dataclass(frozen=True)
class Guide:
    """A page of the tour. ``role``: the short name of the role that it is walked in."""

    name: str
    title: str
    role: str
    about: str
    steps: tuple[Step, ...]


FRONT_PAGES: Final = frozenset({"", "clock", "trail", "tour"})

CARER: Final = Guide(
    "carer",
    "Carer: ask for leave and write a passport",
    "carer",
    "You care for somebody and need time away from work, sometimes at short notice.",
    (
        Step(
            "See how much leave you have left",
            "How many days you have left today, on which day used days are available again, and your requests.",
            "The law gives a week of carer’s leave in any 12 months. Nobody has to do that sum by hand.",
            "/leave/",
            "Carer’s leave",
        ),
        Step(
            "Ask for half a day, about a week ahead",
            "Three short questions, then a page to check. It says whether you are in time and what happens next.",
            "A carer asks for leave. Nobody has to approve it, and nobody may ask for proof.",
            "/leave/notices/new",
            "Ask for leave",
        ),
        Step(
            "Find your request in the list",
            "The day that you asked for, and the day on which it is confirmed automatically if nobody answers.",
            "You know where you stand without having to ask.",
            "/leave/",
            "Carer’s leave",
        ),
        Step(
            "Look at your Carer’s Passport, or begin one",
            "What is written in each part, and links to who can read it and who has read it.",
            "You tell your story once. You decide who reads which part, and for how long.",
            "/passport/",
            "Carer’s Passport",
        ),
        Step(
            "See which courses you must take",
            "Each course that you must take, and whether you have completed it.",
            "Training about carers is part of what your organisation reports.",
            "/accreditation/",
            "Training and accreditation",
        ),
        Step(
            "See what payroll has been sent about you",
            "A line for each day that you took before: the date, the amount and the pay. Nothing about why.",
            "Pay changes only by what you took, and payroll never learns your reason.",
            "/payroll/own",
            "What payroll has been sent about you",
        ),
    ),
)

MANAGER: Final = Guide(
    "manager",
    "Manager: answer requests for leave",
    "manager",
    "People you manage ask for leave. You see the days and no reasons.",
    (
        Step(
            "Read your tasks",
            "What there is to do, soonest first, with what happens if you do nothing.",
            "One list in place of a mailbox. You know what happens to each task if you leave it.",
            "/",
            "Home",
        ),
        Step(
            "Open a request and confirm it, or see whether you can postpone it",
            "The days, the last day on which you can postpone, and the conditions of the law.",
            "You can postpone within limits and never refuse. The page leads you through it.",
            "/leave/waiting",
            "Requests to answer",
        ),
        Step(
            "See the passports of your team",
            "Who has a passport, and the parts that they share with you.",
            "You read what the carer wants you to know. They see that you have read it.",
            "/passport/team",
            "Passports of your team",
        ),
        Step(
            "See how far your team’s training is",
            "Who must still complete which course, and by when.",
            "Managers who are trained are one of the measures of the strategy.",
            "/accreditation/team",
            "Training of your team",
        ),
        Step(
            "Leave one request unanswered",
            "A request in time is confirmed automatically after the last day for an answer.",
            "A carer’s leave does not depend on somebody having time to press a button.",
            "/leave/waiting",
            "Requests to answer",
        ),
    ),
)

HR: Final = Guide(
    "hr",
    "HR: put records right and show what is in place",
    "hr",
    "You look after the organisation’s records, and after what it does for carers.",
    (
        Step(
            "Look through the staff",
            "The name and staff number of everybody in your organisation. Each name leads to their record.",
            "Staff come from your HR system as a file; every row that cannot be used is explained.",
            "/workforce/",
            "People",
        ),
        Step(
            "Find somebody’s leave by staff number, and correct a day that was taken two months ago or earlier",
            "Their requests and days. After the correction payroll’s next batch has a reversal of that day.",
            "A mistake is put right with a reason and a trace, never overwritten.",
            "/leave/staff",
            "Find somebody’s leave",
        ),
        Step(
            "See the late requests that nobody has answered",
            "Who asked, for which days, on which day, and whether the request is late.",
            "A late request ends when its first day begins. HR can step in before that.",
            "/leave/waiting/organisation",
            "Late requests",
        ),
        Step(
            "See what is in place for carers, and which awards end soon",
            "Policy, champion, network, training and awards, with their days.",
            "It is the evidence for Carer Confident and Carer Positive, kept up to date.",
            "/accreditation/organisation",
            "Your organisation",
        ),
        Step(
            "Read your organisation’s figures of a month",
            "Exact figures, each with how it is made, and the number of the return’s revision.",
            "The return to the centre is computed from what happened. Nobody fills in a spreadsheet.",
            "/reporting/organisation",
            "Your organisation’s figures",
        ),
        Step(
            "Ask to read a passport for a purpose",
            "The purposes that there are. What you read is noted before it is shown.",
            "The carer sees who read what and why.",
            "/passport/find",
            "Find a passport",
        ),
    ),
)

PAYROLL: Final = Guide(
    "payroll",
    "Payroll: send each day exactly once",
    "payroll",
    "You send what has changed to the pay system, with totals that agree.",
    (
        Step(
            "See the pay groups and what is to be sent",
            "For each pay group the next batch and the batches that were sent.",
            "Days that were taken arrive automatically.",
            "/payroll/",
            "Payroll",
        ),
        Step(
            "Open the next batch of a pay group",
            "A line for each day of each person, and the totals. It is a preview and nothing is sent yet.",
            "What you check is what will be sent.",
            "/payroll/",
            "Payroll",
        ),
        Step(
            "Look for a reversal in it",
            "For the day that HR has corrected, a line that cancels what was sent, and a new total if leave is left.",
            "What was sent stays as it was. The change is a line of its own.",
            "/payroll/",
            "Payroll",
        ),
        Step(
            "Check the totals, seal the batch, and download the file",
            "The batch with its number. It never changes again.",
            "A file that is sent twice is the same file, so no day is paid twice.",
            "/payroll/",
            "Payroll",
        ),
        Step(
            "Find the sealed batch in what just happened",
            "That a batch was sealed, in which organisation and when. No figure.",
            "Others can follow the work without seeing anybody’s pay.",
            "/trail?service=payroll",
            "What just happened in payroll",
        ),
    ),
)

STATISTICS: Final = Guide(
    "statistics",
    "Statistics: one picture of every organisation",
    "statistics",
    "You are in the centre. You see exact figures of whole organisations, and of no person.",
    (
        Step(
            "Read the board",
            "The indicators of the strategy for all organisations together, for their groups and for each.",
            "It is the same picture for everybody, without asking anybody for it.",
            "/reporting/board",
            "The board",
        ),
        Step(
            "Look at one indicator over time",
            "A chart, and the same figures as a table.",
            "Progress shows over years. Each organisation’s figures are added up, never averaged.",
            "/reporting/board/over-time",
            "Over time",
        ),
        Step(
            "See which organisations have reported a month",
            "Each return with its revision, and the organisations whose return is missing.",
            "You know what a figure rests on, and who to ask.",
            "/reporting/departments?view=returns",
            "Returns",
        ),
        Step(
            "Look at a month as it was known on an earlier day",
            "After you enter a day under “As it was known on”: the figures without what became known later.",
            "Late facts are revisions. Figures that were released stay as they were.",
            "/reporting/board",
            "The board",
        ),
    ),
)

CHAMPION: Final = Guide(
    "champion",
    "Carers’ champion: read what is released",
    "manager",
    "You speak for carers in your organisation. You see what everybody sees: released figures, for no small groups.",
    (
        Step(
            "Read your own organisation’s figures",
            "Rounded figures. A [c] stands where a figure could point to one person.",
            "Caring says something about somebody’s health. Nobody is found by subtraction.",
            "/reporting/organisation",
            "Your organisation’s figures",
        ),
        Step(
            "Compare organisations on the board",
            "The same indicators for each organisation, as far as they are released.",
            "A champion can ask why another organisation is further.",
            "/reporting/board",
            "The board",
        ),
        Step(
            "See progress over time",
            "One indicator for each released quarter.",
            "A strategy lasts years. One month says little.",
            "/reporting/organisation/over-time",
            "Over time",
        ),
        Step(
            "See what is in place for carers in your organisation",
            "Policy, network, champion and awards, and your own training.",
            "It is open to all staff, so that carers know what they can ask for.",
            "/accreditation/",
            "Training and accreditation",
        ),
    ),
)

OPERATOR: Final = Guide(
    "operator",
    "Operator: see that everything arrives",
    "operator",
    "You look after the services. You see steps and places, and nobody’s data.",
    (
        Step(
            "Follow what just happens",
            "What happened on each day, as stories, and how one step travels.",
            "You see that a request in one service reaches the others within seconds.",
            "/trail?follow=yes",
            "What just happened, followed",
        ),
        Step(
            "Look at every step with its position",
            "The newest steps with their place in their service’s log.",
            "A position never changes. It is how services notice that something is missing.",
            "/trail?view=steps",
            "Every step",
        ),
        Step(
            "See how far each service is",
            "Whether it is up to date with each service that it listens to, and what is set aside or held.",
            "A service that was stopped takes in what it missed, in its order.",
            "/trail?view=services",
            "How far each service is",
        ),
        Step(
            "Look for messages that were set aside",
            "A task for each service that could not take in a message. With none, you have no tasks.",
            "A message that fails stops one person’s line of messages and nobody else’s.",
            "/",
            "Home",
        ),
        Step(
            "In a terminal, type: .venv/bin/carers status",
            "A line for each log and each source: its position, how long ago it moved, and what is parked, held or an "
            "exception. Parked is what the page calls set aside.",
            "It works when no page answers. Type it in the folder in which you started the product.",
        ),
    ),
)

LATER: Final = Guide(
    "later",
    "Last of all: let the days go by",
    "carer",
    "You move the date and see what happens without anybody doing anything. The date cannot be moved back, and what "
    "the other pages of the tour show may be over afterwards.",
    (
        Step(
            "Move the date until your half day is over",
            "What happens next, and the date moving a day at a time, each day once every service is up to date.",
            "What is due happens in its order, also when a service was stopped for some days.",
            "/clock",
            "Change the date",
        ),
        Step(
            "Find your half day in the list",
            "That it was taken. If nobody answered your request, it was confirmed automatically before that.",
            "Days that are over count as taken automatically. Nobody fills in a form afterwards.",
            "/leave/",
            "Carer’s leave",
        ),
        Step(
            "See that payroll has its line",
            "The line for your half day, until payroll sends it under “Not sent yet”.",
            "From the request to the payslip nobody types anything a second time.",
            "/payroll/own",
            "What payroll has been sent about you",
        ),
        Step(
            "Move the date to the second day after the end of the month",
            "On the page that moves the date: the end of the month, then the next day, twice.",
            "On that day the month’s return of each organisation is complete. Later facts become revisions.",
            "/clock",
            "Change the date",
        ),
        Step(
            "Read what happened on those days",
            "Requests confirmed, days taken, and the organisations’ returns. No names and no figures.",
            "You see that a request in one service reaches pay and figures without anybody passing it on.",
            "/trail",
            "What just happened",
        ),
    ),
)

GUIDES: Final = (CARER, MANAGER, HR, PAYROLL, STATISTICS, CHAMPION, OPERATOR, LATER)
"""In the order in which they are walked. Only the last moves the date: what the others show may be over then."""


def guides_for(services: Iterable[str]) -> tuple[Guide, ...]:
    """The pages of the tour with the steps that this deployment's services have; a page without any is left out."""
    there = FRONT_PAGES | set(services)
    cut = (replace(guide, steps=tuple(step for step in guide.steps if step.service in there)) for guide in GUIDES)
    return tuple(guide for guide in cut if guide.steps)
