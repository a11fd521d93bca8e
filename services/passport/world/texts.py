"""What the people of a world write in their passports. None of it is about anybody."""

from __future__ import annotations

from typing import Final

PURPOSE: Final = "To agree it with me and keep to it"

IMPACTS: Final = (
    "I may have to take a call at short notice during the day.",
    "Mornings before ten are hard for me on two days of the week.",
    "I cannot stay away overnight without a week's notice.",
    "Some weeks are quiet, in others I need to leave early once or twice.",
    "Appointments come at short notice and are mostly in the afternoon.",
)

DETAILS: Final = (
    ("hours", "Start at ten on Tuesdays and Thursdays, and finish later."),
    ("place", "Work from home on the day after a hospital visit."),
    ("appointments", "Time for appointments, with a note in the diary the day before."),
    ("phone", "Keep a private phone on the desk during meetings."),
    ("travel", "No travel with an overnight stay for the time being."),
    ("workload", "No deadlines on Mondays before noon."),
)

PROPOSALS: Final = (
    ("I may take a call at any time, and tell the team when I am back.", "So that the team knows what to expect."),
    ("On two days of the week I start at ten; we look at which days each quarter.", "The rota changes each quarter."),
)
