"""The words that leave's pages use. What a colleague can see says "away" and nothing of why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from flask import Blueprint

from services.leave.domain.wording import amount_text, day_text, listed, time_text
from services.leave.web.explained import last_day_in_time, law_words, readings_words, rules_words
from services.leave.web.states import notice_tags, standing_days
from shared.kernel.working_time import parse_minutes

PART_WORDS: Final = {"whole": "Whole day", "am": "Morning", "pm": "Afternoon", "half": "Half of the day"}

PARTS_WORDS: Final = {
    "whole": "Whole days",
    "am": "Every morning",
    "pm": "Every afternoon",
    "half": "Half of each day",
}
"""The same for several days at once."""

CONFIRMED_BY: Final = {"manager": "by the manager", "hr": "by HR", "clock": "automatically"}


def time_of(minutes: int | str) -> str:
    """Minutes as the lists hold them, in hours and minutes."""
    return time_text(parse_minutes(minutes))


def days_too(minutes: int | str, day: int | str | None) -> str:
    """Minutes as the lists hold them, in days and hours: 3 days (22 hours 12 minutes).

    ``day``: the minutes of that day, or of one's working day; None or 0 where the days differ.
    """
    return amount_text(parse_minutes(minutes), parse_minutes(day) if day else None)


def day_words(on: date | str, part: str) -> str:
    """A day and its part: Friday 13 March 2026 (morning)."""
    return in_part(day_text(date.fromisoformat(on) if isinstance(on, str) else on), part)


def in_part(day: str, part: str) -> str:
    """A day in words, with the part of it in brackets where it is not the whole."""
    return day if part == "whole" else f"{day} ({PART_WORDS[part].lower()})"


def day_list(days: Iterable[date | str]) -> str:
    """Whole days in a row: Friday 13 March 2026 and Monday 16 March 2026."""
    return days_listed((day, "whole") for day in days)


def days_listed(days: Iterable[tuple[date | str, str]]) -> str:
    """Of (date, part): Friday 13 March 2026 (morning) and Monday 16 March 2026."""
    return listed([day_words(on, part) for on, part in days])


def cost_words(answer: Mapping[str, int | str]) -> str:
    """How much of the week a date takes: half a day (3 hours 42 minutes); with what is free of it."""
    surplus = surplus_words(answer)
    amount = days_too(answer["minutes"], answer["scheduled_minutes"])
    return f"{amount}. {surplus}" if surplus else amount


def surplus_words(answer: Mapping[str, int | str]) -> str:
    """Of a last half day that is longer than what is left of the week, that the rest is free; else nothing."""
    if parse_minutes(answer["counted_minutes"]) >= parse_minutes(answer["minutes"]):
        return ""
    return f"You have only {time_of(answer['counted_minutes'])} left: it uses that up, and the rest does not count."


def sentence_case(text: str) -> str:
    """The text with a capital letter first, where it stands by itself."""
    return text[:1].upper() + text[1:]


def register_words(blueprint: Blueprint) -> None:
    """Give leave's templates these words."""
    blueprint.add_app_template_filter(time_of, "time_of")
    blueprint.add_app_template_filter(days_too, "days_too")
    blueprint.add_app_template_filter(sentence_case, "sentence_case")

    @blueprint.context_processor
    def words() -> dict[str, object]:
        return {
            "part_words": PART_WORDS,
            "confirmed_by_words": CONFIRMED_BY,
            "day_words_of": day_words,
            "notice_tags": notice_tags,
            "standing_days": standing_days,
            "days_listed": days_listed,
            "day_list": day_list,
            "in_part": in_part,
            "readings_words": readings_words,
            "law_words": law_words,
            "rules_words": rules_words,
            "last_day_in_time": last_day_in_time,
        }
