"""The indicators: each declared once, with everything that pages, files and the API say of it in words.

Numbers and names after the strategy's list of indicators. Add one here, and to what returns carry
(``domain/board.py``); whatever names, explains or lists indicators reads it from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

PER_CENT: Final = "per cent"
PER_HUNDRED: Final = "per hundred"
PRESENT: Final = "present"
LEVELS: Final = "levels"
MEDIAN: Final = "median"

_RELEASE: Final = "Everybody sees the figure of a month once it has been released"
_BOTH_SIDES: Final = f"{_RELEASE}, where there are at least 10 people on either side of it."
_ALWAYS: Final = "Everybody sees it at once: it says what an organisation has in place, and nothing about people."

_BEGAN: Final = "The right to carer’s leave began on 6 April 2024, so earlier months have none."
"""Carer's Leave Regulations 2024, reg 1."""


@dataclass(frozen=True)
class Indicator:
    """An indicator as people read it. ``cell``: its cell in what is released; ``kind``: how its value reads.

    ``words``: what it counts, in half a sentence. ``tells`` and ``silent``: what a figure tells and does not tell, in
    sentences. ``counted``, ``out_of``: the numerator and the denominator, which medians lack; ``dated``: by which
    date things belong to a month. ``seen``: who sees what beside those who see exact figures;
    ``quarterly``: these others see it for the last month of a quarter alone. ``note``: what must be known of every
    figure that this release can have, where there is such a thing.
    """

    number: str
    heading: str
    words: str
    cell: str
    kind: str = PER_CENT
    tells: str = ""
    silent: str = ""
    counted: str = ""
    out_of: str = ""
    dated: str = ""
    seen: str = _ALWAYS
    quarterly: bool = False
    note: str = ""

    @property
    def unit(self) -> str:
        """What its values count for several organisations; nothing of a percentage."""
        if self.organisation:
            return "organisations"
        return {PER_HUNDRED: "days per 100 FTE", MEDIAN: "days"}.get(self.kind, "")

    def unit_after(self, value: str) -> str:
        """The unit as it stands after a value: 1 day, 1.0 days, 1 of 1 organisation, 1 of 2 organisations."""
        if value.rpartition(" ")[2] != "1":
            return self.unit
        return self.unit.replace("organisations", "organisation").replace("days", "day")

    @property
    def organisation(self) -> bool:
        """Whether organisations are what it counts."""
        return self.kind in (PRESENT, LEVELS)

    @property
    def everybody(self) -> bool:
        """Whether a total of several organisations is for everybody: made of what is public about each of them."""
        return self.organisation or self is COVERAGE


INDICATORS: Final = (
    Indicator(
        "6",
        "Passports in date",
        "Carer’s Passports agreed or reviewed in the last 12 months, as a share of all agreed",
        "in_date",
        tells="Whether passports are talked about again each year, so that they still fit.",
        silent="It does not say how many carers have a passport, or whether what was agreed is kept.",
        counted="Passports last agreed or reviewed in the 12 months to the end of the month.",
        out_of="Passports that are agreed and have not ended.",
        dated="The last day of the month. A passport belongs to each organisation that employs its holder that day.",
        seen=f"{_BOTH_SIDES} It is released for the last month of each quarter only.",
        quarterly=True,
    ),
    Indicator(
        "10",
        "Leave uptake",
        "People who took carer’s leave, as a share of all staff",
        "uptake",
        tells="How much use is made of carer’s leave: whether people know of it and feel able to take it.",
        silent="It does not say how many staff care for somebody. A low figure can mean few carers or few who ask. "
        f"{_BEGAN}",
        counted="People with at least one day or half day of carer’s leave taken in the month, each once.",
        out_of="Headcount: people in employment at the end of the month, each once.",
        dated="The day of the leave.",
        seen=f"{_RELEASE}, where at least 10 people took leave and at least 10 did not.",
    ),
    Indicator(
        "11",
        "Days per 100 FTE",
        "Days of carer’s leave for each 100 full-time equivalent staff (FTE)",
        "volume",
        PER_HUNDRED,
        tells="How much carer’s leave is taken, in organisations of any size and with any working hours.",
        silent=f"It does not say how many people share these days: a few may take many, or many a few. {_BEGAN}",
        counted="Days taken, paid and unpaid. A reporting day is one fifth of the post’s full-time week.",
        out_of="Full-time equivalent staff at the end of the month, in hundreds.",
        dated="The day of the leave.",
        seen=f"{_RELEASE}, where at least 10 people took leave, at least 10 did not, and nobody took over half of it.",
    ),
    Indicator(
        "12",
        "Paid share",
        "Paid days, as a share of all days of carer’s leave",
        "paid_share",
        tells="How much of the leave people could take without losing pay.",
        silent="By law carer’s leave is unpaid: pay depends on the employer’s own scheme, not on how people use it.",
        counted="Days of carer’s leave taken with pay.",
        out_of="All days of carer’s leave taken, paid and unpaid.",
        dated="The day of the leave.",
        seen=f"{_RELEASE}, where at least 10 people took paid leave, 10 took unpaid leave, and nobody over half.",
        note="In this release all carer’s leave is unpaid: employers’ own schemes with pay are not in it.",
    ),
    Indicator(
        "13",
        "Notices postponed",
        "Notices with any day postponed, as a share of all valid notices",
        "postponed",
        tells="How often managers move carer’s leave because work would be unduly disrupted.",
        silent="It does not say whether a postponement was right. People who did not ask are not in it.",
        counted="Notices with at least one day postponed.",
        out_of="Valid notices: those in time, and late ones that were accepted.",
        dated="The day of notice.",
        seen=f"{_BOTH_SIDES} Nobody may have given more than half of the notices on a side.",
    ),
    Indicator(
        "15",
        "Late notices accepted",
        "Late notices that were accepted, as a share of those decided",
        "waived",
        tells="How flexible managers are when somebody has to ask at short notice.",
        silent="A late notice that nobody answered in time is not in it.",
        counted="Late notices that a manager or HR accepted.",
        out_of="Late notices that were decided: accepted, or not accepted.",
        dated="The day of notice.",
        seen=f"{_BOTH_SIDES} Nobody may have given more than half of the notices on a side.",
    ),
    Indicator(
        "17",
        "Carers policy",
        "Organisations with a carers policy in force",
        "policy",
        PRESENT,
        tells="Whether staff can read what support they can expect.",
        silent="It does not say what the policy offers, or whether people know of it.",
        counted="Organisations with a carers policy in force.",
        out_of="Organisations whose return for the month says whether they have one.",
        dated="The last day of the month.",
    ),
    Indicator(
        "18",
        "Award",
        "Organisations that hold a Carer Confident or Carer Positive award, at their highest level",
        "awards",
        LEVELS,
        tells="Which organisations had their support for carers assessed from outside, and how far it goes.",
        silent="An award covers what the organisation applied with. The two schemes do not compare with each other.",
        counted="Organisations covered by an award that has not ended, once in each scheme, at their highest level.",
        out_of="Organisations whose return for the month says whether they hold one.",
        dated="The last day of the month.",
    ),
    Indicator(
        "23",
        "Staff trained",
        "Staff whose training for carers’ awareness counts, as a share of those required to take it",
        "trained",
        tells="Whether staff have learned how to support colleagues who care for somebody.",
        silent="It does not say what has changed since. People still in the time given for training are left out.",
        counted="Of those required to take the course, people with a completion that still counts.",
        out_of="People required to take the course whose time to take it has passed, without those who are exempt. "
        "They can be agency staff, who are not in the headcount.",
        dated="The last day of the month.",
        seen=f"{_RELEASE}, where each side of it is nobody or at least 10 people.",
    ),
    Indicator(
        "24",
        "Carers’ Champion",
        "Organisations with a Carers’ Champion in place",
        "champion",
        PRESENT,
        tells="Whether somebody senior speaks for carers.",
        silent="It does not say what the champion does.",
        counted="Organisations with a named champion, or whose post has been vacant for 90 days at most.",
        out_of="Organisations whose return for the month says whether they have one.",
        dated="The last day of the month.",
    ),
)
"""In the order of their numbers, as they are shown."""

COVERAGE: Final = Indicator(
    "17h",
    "Staff under a policy",
    "Staff of the organisations with a carers policy in force, as a share of all staff",
    "policy",
    tells="How many staff a carers policy covers: a large organisation without one weighs more than many small ones.",
    silent="It does not say what the policies offer, or whether people know of them.",
    counted="Headcount of the organisations with a carers policy in force.",
    out_of="Headcount of all organisations whose return for the month says whether they have one.",
    dated="The last day of the month.",
    seen="Everybody sees it at once, as a whole percentage of headcounts rounded to the nearest 5.",
)
"""Indicator 17 once more, weighed by people: the strategy's list asks for both.

Of one organisation it says nothing new, so it stands with groups and with all organisations alone."""

TOGETHER: Final = tuple(
    each for known in INDICATORS for each in ((known, COVERAGE) if known.number == "17" else (known,))
)
"""The indicators of several organisations together."""

MEDIANS: Final = (
    Indicator(
        "7",
        "Days to agree a passport",
        "Calendar days from the first draft of a Carer’s Passport until both have signed, the median",
        "drafts",
        MEDIAN,
        tells="How long a carer is without an agreed passport. Half of the passports took longer, half less.",
        silent="Drafts that were never agreed are not in it.",
        counted="Passports agreed in the month by people employed here that day. Figures end at 61 days.",
        dated="The day of agreement.",
        seen=f"{_RELEASE}, where at least 10 people are behind it and nobody is behind more than half.",
    ),
    Indicator(
        "16",
        "Days to answer a notice",
        "Calendar days from a notice until the manager, or HR in their place, confirmed it, the median",
        "answers",
        MEDIAN,
        tells="How long people do not know whether a day is theirs. Half of the answers took longer, half less.",
        silent="Leave that was confirmed automatically, because nobody answered, is not in it.",
        counted="Notices confirmed in the month by a manager or by HR. Figures end at 61 days.",
        dated="The day of the confirmation.",
        seen=f"{_RELEASE}, where at least 10 people are behind it and nobody is behind more than half.",
    ),
)
"""How long things take. In a table of many they stand last."""

BY_NUMBER: Final = {indicator.number: indicator for indicator in (*TOGETHER, *MEDIANS)}

COUNT: Final = len(INDICATORS) + len(MEDIANS)
"""How many indicators of the strategy's list there are; one of them is measured in two ways."""
