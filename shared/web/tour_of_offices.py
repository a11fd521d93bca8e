"""The guided tour of those who look after carers' records, figures and services."""

from __future__ import annotations

from typing import Final

from shared.web.tour_guide import Guide, Step

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
