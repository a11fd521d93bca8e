"""The words that the passport's pages use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import Blueprint

from services.passport.domain.sections import (
    CONTACT,
    EMERGENCY,
    FLEXIBILITIES,
    IMPACT,
    NATURE,
    NOT_AGREED,
    PATTERN,
    SECTIONS,
    SUPPORT,
)


@dataclass(frozen=True)
class SectionWords:
    """A section's title, the question that its page asks, and a hint."""

    title: str
    question: str
    hint: str


SECTION_WORDS: Final = {
    NATURE: SectionWords(
        "Whom and how I care",
        "What would you like to say about your caring?",
        "You need not say anything. Leave it empty if you would rather not.",
    ),
    PATTERN: SectionWords(
        "Pattern of caring",
        "How does your caring come?",
        "It helps to see what can be planned and what cannot.",
    ),
    IMPACT: SectionWords(
        "How it shows at work",
        "How does caring show at work?",
        "For example, calls that cannot wait, mornings that start late, days on which you are tired.",
    ),
    FLEXIBILITIES: SectionWords(
        "What is agreed",
        "What have you and your manager agreed?",
        "One arrangement at a time: hours, place, appointments and so on.",
    ),
    NOT_AGREED: SectionWords(
        "What is not agreed",
        "What was asked for and is not agreed, and why?",
        "Written down so that nobody has to ask again. Leave it empty if everything is agreed.",
    ),
    EMERGENCY: SectionWords(
        "In an emergency",
        "What happens in an emergency?",
        "For example, whom you tell, and who takes over your work.",
    ),
    CONTACT: SectionWords(
        "How to reach me",
        "How would you like to be reached?",
        "For example, by message rather than by phone, or not on certain days.",
    ),
    SUPPORT: SectionWords(
        "Support",
        "Which support have you talked about?",
        "For example, the carers’ network, counselling at work, carer’s leave.",
    ),
}

PATTERN_WORDS: Final = {
    "steady": "Steady: much the same from week to week",
    "fluctuating": "Fluctuating: better and worse times",
    "crisis": "Crisis: sudden, and not to be planned",
}

KIND_WORDS: Final = {
    "hours": "Working hours",
    "place": "Place of work",
    "compressed": "Compressed hours",
    "appointments": "Time for appointments",
    "phone": "Phone at hand",
    "workload": "Workload",
    "travel": "Travel",
}

STATE_WORDS: Final = {
    "drafted": ("Being written", "blue"),
    "conversation-held": ("Talked about", "blue"),
    "agreed": ("Agreed", "green"),
    "reviewed": ("Reviewed", "green"),
    "transferred": ("Brought along", "orange"),
    "ended": ("Ended", "grey"),
}
"""A passport's state: what it is called, and the colour of its tag."""

REVIEW_WORDS: Final = {
    "yearly": "a year has passed",
    "circumstances": "circumstances have changed",
    "manager": "there is another manager",
    "post": "the post has changed",
}
"""Why a review is due, after "because"."""

ROLE_WORDS: Final = {"manager": "Manager", "named": "Somebody you named", "hr": "HR"}
"""In which capacity somebody has looked."""

PURPOSE_WORDS: Final = {
    "advice": "To advise the carer or their manager",
    "disagreement": "To deal with a disagreement or a complaint",
    "safety": "To protect somebody’s health or safety",
    "data-request": "To answer the carer’s request for their data",
    "legal-duty": "To meet a legal duty",
}
"""What HR may read a passport for. A list and no free text, so that nothing about the carer is written down there."""

END_WORDS: Final = {
    "caring-ended": "I no longer care for somebody",
    "cared-for-died": "The person I cared for has died",
    "not-needed": "I do not need a passport any more",
    "leaving": "I am leaving",
    "not-said": "I would rather not say",
}

CAPACITY_WORDS: Final = {"manager": "as your manager, while they are it", "named": "as the person you named"}


def parts_of(sections: tuple[str, ...]) -> str:
    """Titles of sections in a line; all of them in two words."""
    if set(sections) == set(SECTIONS):
        return "All parts"
    return "; ".join(SECTION_WORDS[name].title for name in SECTIONS if name in sections)


def register_words(blueprint: Blueprint) -> None:
    """Give the passport's templates these words."""
    blueprint.add_app_template_filter(parts_of, "parts_of")

    @blueprint.context_processor
    def words() -> dict[str, object]:
        return {
            "section_words": SECTION_WORDS,
            "pattern_words": PATTERN_WORDS,
            "kind_words": KIND_WORDS,
            "passport_words": STATE_WORDS,
            "review_words": REVIEW_WORDS,
            "role_words": ROLE_WORDS,
            "purpose_words": PURPOSE_WORDS,
            "capacity_words": CAPACITY_WORDS,
        }
