"""The figures of a return besides leave taken: notices, passports, training, provisions and awards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from services.reporting.domain.durations import SpannedDurations, parse_spans, spans_json
from services.reporting.domain.facts import Spell
from services.reporting.domain.months import month_end, rolling_year
from services.reporting.domain.notices import (
    Answers,
    NoticeFact,
    Share,
    Spanned,
    answered,
    answers,
    notices,
    postponements,
    share,
    waivers,
)
from services.reporting.domain.passports import PassportFact, Passports, agreements, drafted, passports
from services.reporting.domain.provisions_and_awards import CHAMPION, POLICY, AwardFact, ProvisionFact, in_place, levels
from services.reporting.domain.spans import Ends
from services.reporting.domain.training import ALL_STAFF, MANAGERS, Training, TrainingFact, training

_SHARE: Final = tuple(asdict(Share()))
_NO_TRAINING: Final = Training()
_NO_PASSPORTS: Final = Passports()
_NO_NOTICES: Final = Spanned(Share(), Share())


@dataclass(frozen=True)
class Trained:
    """Indicators 22 and 23: the managers, and all staff."""

    managers: Training = _NO_TRAINING
    staff: Training = _NO_TRAINING


_NOBODY_TRAINED: Final = Trained()


@dataclass(frozen=True)
class Measures:
    """One organisation's figures at a month's end, or over the months that end with it.

    ``awards``: (scheme, level), the highest unexpired level per scheme. ``drafts``, ``answers``: None of a return by
    the definitions of version 2, which did not have them.
    """

    passports: Passports = _NO_PASSPORTS
    postponements: Spanned = _NO_NOTICES
    waivers: Spanned = _NO_NOTICES
    trained: Trained = _NOBODY_TRAINED
    policy: bool = False
    champion: bool = False
    awards: tuple[tuple[str, str], ...] = ()
    drafts: SpannedDurations | None = None
    answers: Answers | None = None


@dataclass(frozen=True)
class Known:
    """One organisation's facts. ``spells`` are its own; passports are those of anybody ever employed there."""

    spells: Sequence[Spell] = ()
    notices: Iterable[NoticeFact] = ()
    passports: Iterable[PassportFact] = ()
    provisions: Sequence[ProvisionFact] = ()
    awards: Sequence[AwardFact] = ()
    trained: Mapping[str, Trained] = field(default_factory=dict)


def trained_at(months: Iterable[str], facts: Iterable[TrainingFact]) -> dict[str, Trained]:
    """The people trained at the end of each month."""
    wanted = sorted(set(months))
    ends = Ends([month_end(month) for month in wanted])
    held = list(facts)
    both = zip(training(held, MANAGERS, ends), training(held, ALL_STAFF, ends), strict=True)
    return {month: Trained(*pair) for month, pair in zip(wanted, both, strict=True)}


def measure(months: Iterable[str], known: Known) -> dict[str, Measures]:
    """One organisation's measures for each of the months, in one pass over its facts."""
    wanted = sorted(set(months))
    ends = Ends([month_end(month) for month in wanted])
    given = list(notices(known.notices))
    postponed, waived, confirmed = postponements(given), waivers(given), answers(given)
    papers = list(known.passports)
    held = dict(zip(wanted, passports(papers, known.spells, ends), strict=True))
    agreed = agreements(papers, known.spells)
    return {
        month: Measures(
            passports=held[month],
            postponements=Spanned(share(postponed, [month]), share(postponed, rolling_year(month))),
            waivers=Spanned(share(waived, [month]), share(waived, rolling_year(month))),
            trained=known.trained.get(month, _NOBODY_TRAINED),
            policy=in_place(known.provisions, POLICY, month_end(month)),
            champion=in_place(known.provisions, CHAMPION, month_end(month)),
            awards=levels(known.awards, month_end(month)),
            drafts=drafted(agreed, month, rolling_year(month)),
            answers=answered(confirmed, month, rolling_year(month)),
        )
        for month in wanted
    }


def measures_json(measures: Measures) -> dict[str, Any]:
    """The measures by indicator as plain JSON."""
    timed = {} if measures.drafts is None else {"7": spans_json(measures.drafts)}
    if measures.answers is not None:
        timed["16"] = _answers_json(measures.answers)
    return timed | {
        "6": asdict(measures.passports),
        "13": asdict(measures.postponements),
        "15": asdict(measures.waivers),
        "17": {"in_place": measures.policy},
        "18": {"awards": [{"scheme": scheme, "level": level} for scheme, level in measures.awards]},
        "22": asdict(measures.trained.managers),
        "23": asdict(measures.trained.staff),
        "24": {"in_place": measures.champion},
    }


def parse_measures(plain: Mapping[str, Any]) -> Measures | None:
    """The measures from their JSON; None of a return that was made before there were any. Raises KeyError."""
    if "13" not in plain:
        return None
    return Measures(
        passports=Passports(plain["6"]["in_date"], plain["6"]["agreed"]),
        postponements=_spanned(plain["13"]),
        waivers=_spanned(plain["15"]),
        trained=Trained(_training(plain["22"]), _training(plain["23"])),
        policy=plain["17"]["in_place"],
        champion=plain["24"]["in_place"],
        awards=tuple((award["scheme"], award["level"]) for award in plain["18"]["awards"]),
        drafts=parse_spans(plain["7"]) if "7" in plain else None,
        answers=_answers(plain["16"]) if "16" in plain else None,
    )


def _answers_json(found: Answers) -> dict[str, Any]:
    took = spans_json(found.took)
    return {
        "month": took["month"] | {"by_clock": found.by_clock_month},
        "year": took["year"] | {"by_clock": found.by_clock_year},
    }


def _answers(plain: Mapping[str, Any]) -> Answers:
    return Answers(parse_spans(plain), plain["month"]["by_clock"], plain["year"]["by_clock"])


def _spanned(plain: Mapping[str, Any]) -> Spanned:
    return Spanned(*(Share(**{name: plain[span][name] for name in _SHARE}) for span in ("month", "year")))


def _training(plain: Mapping[str, Any]) -> Training:
    return Training(plain["trained"], plain["counted"], plain["in_grace"])
