"""The words that the passport's pages use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import Blueprint

from services.passport.domain.rules import NOT_ACCEPTED, NOT_SHARED, NOT_TALKED, TOO_LITTLE
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
        "Who I care for, and how",
        "What would you like to say about your caring?",
        "You do not have to say anything. Leave it empty if you prefer.",
    ),
    PATTERN: SectionWords(
        "Pattern of caring",
        "How regular is your caring?",
        "This shows what you can plan for and what you cannot.",
    ),
    IMPACT: SectionWords(
        "How it affects my work",
        "How does caring affect your work?",
        "For example, urgent phone calls, late starts, or days when you are tired.",
    ),
    FLEXIBILITIES: SectionWords(
        "What is agreed",
        "What have you and your manager agreed?",
        "Add one arrangement at a time, such as hours, place of work or appointments.",
    ),
    NOT_AGREED: SectionWords(
        "What is not agreed",
        "What did you ask for that is not agreed, and why?",
        "This is written down so that nobody has to ask again. Leave it empty if everything is agreed.",
    ),
    EMERGENCY: SectionWords(
        "In an emergency",
        "What happens in an emergency?",
        "For example, who you tell, and who takes over your work.",
    ),
    CONTACT: SectionWords(
        "How to contact me",
        "How would you like to be contacted?",
        "For example, by message instead of phone, or not on certain days.",
    ),
    SUPPORT: SectionWords(
        "Support",
        "What support have you talked about?",
        "For example, the carers’ network, counselling at work or carer’s leave.",
    ),
}

PATTERN_WORDS: Final = {
    "steady": "Steady: about the same every week",
    "fluctuating": "Fluctuating: better and worse times",
    "crisis": "Crisis: sudden, and cannot be planned for",
}

KIND_WORDS: Final = {
    "hours": "Working hours",
    "place": "Place of work",
    "compressed": "Compressed hours",
    "appointments": "Time for appointments",
    "phone": "Keeping my phone with me",
    "workload": "Workload",
    "travel": "Travel",
}

STATE_WORDS: Final = {
    "drafted": ("Draft", "blue"),
    "conversation-held": ("Discussed", "blue"),
    "agreed": ("Agreed", "green"),
    "reviewed": ("Reviewed", "green"),
    "transferred": ("From another organisation", "orange"),
    "ended": ("Ended", "grey"),
}
"""A passport's state: what it is called, and the colour of its tag."""

REVIEW_WORDS: Final = {
    "yearly": "a year has passed",
    "circumstances": "circumstances have changed",
    "manager": "there is a new manager",
    "post": "the post has changed",
}
"""Why a review is due, after "because"."""

BLOCKER_WORDS: Final = {
    TOO_LITTLE: "the carer has not written enough yet",
    NOT_SHARED: "parts of the passport are not shared with you",
    NOT_TALKED: "the date of your conversation is not recorded",
    NOT_ACCEPTED: "you have not accepted the passport from the other organisation",
}
"""What keeps a manager from signing, after "because"."""

ROLE_WORDS: Final = {"manager": "Manager", "named": "Person you named", "hr": "HR"}
"""In what role somebody has read it."""

PURPOSE_WORDS: Final = {
    "advice": "To advise the carer or their manager",
    "disagreement": "To deal with a disagreement or a complaint",
    "safety": "To protect somebody’s health or safety",
    "data-request": "To answer the carer’s request for their personal data",
    "legal-duty": "To meet a legal duty",
}
"""What HR may read a passport for. A list and no free text, so that nothing about the carer is written down there."""

END_WORDS: Final = {
    "caring-ended": "I no longer care for somebody",
    "cared-for-died": "The person I cared for has died",
    "not-needed": "I do not need a passport any more",
    "leaving": "I am leaving",
    "not-said": "I prefer not to say",
}

CAPACITY_WORDS: Final = {"manager": "for as long as they are your manager", "named": "as the person you named"}


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
            "blocker_words": BLOCKER_WORDS,
            "role_words": ROLE_WORDS,
            "purpose_words": PURPOSE_WORDS,
            "capacity_words": CAPACITY_WORDS,
        }
