"""The guided tour of a team: its carers, their manager, their HR."""

from __future__ import annotations

from typing import Final

from shared.web.tour_guide import Guide, Step

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
