"""The fields that are promised, by route and by who looks; every other name in an answer is one too many.

A path names each level: ``dates[].part``. What stands under keys that are data themselves is not looked into.
"""

from __future__ import annotations

from typing import Final

from shared.runtime.service import installed

FULL: Final = "in full"
MANAGER: Final = "as manager"
PAYROLL: Final = "as payroll"


def _each(name: str, *fields: str) -> str:
    """A list of that name, with these fields in each."""
    return _within(f"{name}[]", name, *fields)


def _one(name: str, *fields: str) -> str:
    """An object of that name, with these fields."""
    return _within(name, name, *fields)


def _within(prefix: str, name: str, *fields: str) -> str:
    inside = [f"{prefix}.{field}" for text in fields for field in text.split()]
    return " ".join([name, *inside])


_POST_FOR_MANAGERS: Final = "employment staff_number post organisation status pattern starts ends"
_POST: Final = f"{_POST_FOR_MANAGERS} effective_from employer manager nation fte full_time_hours"

_DATES: Final = _each("dates", "date part state shown")
_DAYS: Final = _each(
    "days",
    "date part state shown minutes counted_minutes scheduled_minutes begins_at window_first window_last",
    "left_by_minutes left_by_share corrected is_new reason",
)
_DATES_AND_STATE: Final = (
    f"notice employment state given_on late waived deadline confirmed_by confirmed_on {_DATES} gave_back postponed_on "
    "decided_on decided_by consulted_on agreed lawful in_time_from reason"
)
_DATES_AND_PAY: Final = f"notice person employment employer state pay {_DATES}"
_NOTICE: Final = (
    f"{_DATES_AND_STATE} {_DATES_AND_PAY} {_DAYS} organisation given_at standing_waiver law calendar week_minutes "
    "latest_notice moved_to"
)
_WINDOW: Final = _one("window", "first last")
_TRIED: Final = _each(
    "dates",
    "date part state minutes counted_minutes scheduled_minutes fits_minutes fits_part back_on fits_if sentence",
    _WINDOW,
)
_BALANCE: Final = _each(
    "balances",
    "employer day law week_minutes used_minutes booked_minutes left_minutes all_back_on full_week_from",
    _WINDOW,
    _each("back", "date minutes"),
)

_STATE: Final = "person state agreed_on reviewed_on review_due"
_ARRANGEMENTS: Final = _each("flexibilities", "kind detail start trial_until review_by")
_SECTIONS: Final = _each("sections", "section text", _ARRANGEMENTS)
_SIGNATURES: Final = f"organisation held_on has_changes digest complete {_each('signatures', 'side signed_on')}"
_PROPOSALS: Final = _each("proposals", "proposal section proposed_on reason", _one("value", "section text"))

_STANDING: Final = "person code title state due_on"
_VERSIONS: Final = _each("versions", "number title validity_months grace_days retake starts")
_LINE: Final = (
    "line revision reverses employer pay_group staff_number post date element unit quantity absence_code pay_code "
    "continuity period"
)
_BATCH: Final = "batch employer pay_group number period lines quantities sha256 file_name sealed_at"
_CELLS: Final = (
    "headcount fte people uptake days volume paid_days unpaid_days paid_share in_date postponed waived trained policy "
    "champion awards drafts answers"
)
_RELEASED: Final = " ".join(_one(cell, "text markers") for cell in _CELLS.split())
_WAITING: Final = (
    f"{_each('items', 'text href')} {_each('waiting', 'text href silence who by kind')} "
    f"{_each('kinds', 'heading number href legal')}"
)
_NEWS: Final = f"news_more {_each('news', 'position text href on')}"
_HOW_IT_STANDS: Final = _one("standing", "link href", _each("facts", "name value"))
_HOME: Final = {
    **dict.fromkeys(
        ("accreditation", "leave", "passport"), f"title about more more_href {_NEWS} {_WAITING} {_HOW_IT_STANDS}"
    ),
    **dict.fromkeys(
        ("payroll", "workforce", "reporting"), f"title about more more_href news news_more {_WAITING} {_HOW_IT_STANDS}"
    ),
}
"""Of payroll, workforce and reporting there is no news: they hold nothing that others do to one's own things."""

_BY_ROUTE: Final[dict[str, dict[str, str]]] = {
    "workforce-api": {
        "own_record": f"person name {_each('employments', _POST)}",
        "show_person": f"person name {_each('employments', _POST)}",
        "list_states": _each("states", _POST),
        "list_staff": f"total {_each('staff', 'person name', _POST)}",
        "list_names": "names",
        "list_bodies": "organisations employers",
    },
    "leave-api": {
        "show_notice": _NOTICE,
        "list_notices": _each("notices", _NOTICE),
        "list_waiting": _each("notices", _NOTICE),
        "show_postponement": "possible within_limits sentence last_day first_start last_start "
        + _each("dates", "date part minutes", _each("days", "date part")),
        "show_balance": _BALANCE,
        "what_if": "fits state late standing_waiver law week_minutes given_on first_day deadline "
        "in_time_until left_after_minutes latest_notice "
        f"in_time_from {_TRIED}",
    },
    "passport-api": {
        "show_mine": f"{_STATE} {_SIGNATURES} {_SECTIONS} {_PROPOSALS} drafted_on ended_on review_asked",
        "list_consents": _each("consents", "consent reader capacity sections purpose starts ends opens_today"),
        "list_readings": _each("readings", "at reader role label sections purpose"),
        "list_team": "named "
        + _each(
            "team",
            "person staff_number post state review_due shared reviews waits_for_signature waits_to_be_taken_over",
        ),
        "show_for_purpose": f"{_STATE} {_SECTIONS}",
    },
    "accreditation-api": {
        "list_courses": _each("courses", "course code audience ends", _VERSIONS),
        "show_compliance": "code on numerator denominator in_grace exempt absent",
        "show_training": " ".join(
            [
                _each("asked", _STANDING, "since trained expires_on"),
                _each(
                    "completions",
                    "completion organisation code title version completed_on expires_on source evidence",
                ),
                _each("exemptions", "organisation code title starts until reason note"),
            ]
        ),
        "show_team": _each("asked", _STANDING),
        "list_provisions": _each(
            "provisions", "kind name state starts ends vacant_since counts_until owner evidence review_on"
        ),
        "list_awards": " ".join(
            [
                _each("awards", "award organisation scheme level starts until lapsed_on reference organisations"),
                _each("levels", "scheme level"),
            ]
        ),
        "show_assessment": "scheme name ready "
        + _each("areas", "area name scores reached most evidence evidence_on fresh"),
    },
    "payroll-api": {
        "list_pay_groups": _each("pay_groups", "employer pay_group open sealed"),
        "preview": "employer pay_group number count quantities left checked leave_epoch leave_position waiting "
        + _each("lines", _LINE),
        "list_batches": _each("batches", _BATCH),
        "show_batch": _BATCH,
        "list_batch_lines": _each("lines", _LINE, "batch"),
        "list_own_lines": f"{_each('sent', _LINE, 'batch')} {_each('waiting', _LINE, 'batch')}",
    },
    "reporting-api": {
        "returns": f"month missing {_each('on_hold', 'organisation since reason')} "
        + _each(
            "returns",
            "organisation month as_at as_known definition revision complete markers figures positions",
        ),
        "board_json": "month known exact "
        + _each(
            "rows",
            "row organisation name group returned",
            _each("indicators", "indicator about value numerator denominator markers"),
        ),
        "progress": f"month missing {_each('progress', 'organisation month as_at as_known definition', _RELEASED)}",
    },
    "workforce-desk": {"people": "organisations"},
}

_MOVED_BY_THE_CLOCK: Final = frozenset({"leave", "accreditation", "reporting"})
"""Services in which something happens at a day's beginning."""

_LESS: Final[dict[tuple[str, str], str]] = {
    ("workforce-api.show_person", MANAGER): f"person name {_each('employments', _POST_FOR_MANAGERS)}",
    ("workforce-api.list_states", MANAGER): _each("states", _POST_FOR_MANAGERS),
    ("leave-api.show_notice", MANAGER): _DATES_AND_STATE,
    ("leave-api.show_notice", PAYROLL): _DATES_AND_PAY,
    ("leave-api.show_notice", "as manager and payroll"): f"{_DATES_AND_STATE} {_DATES_AND_PAY}",
    ("leave-api.list_notices", PAYROLL): _each("notices", _DATES_AND_PAY),
    ("leave-api.list_waiting", MANAGER): _each("notices", _DATES_AND_STATE),
    ("passport-api.show_passport", MANAGER): f"{_STATE} {_SIGNATURES} {_SECTIONS}",
    ("passport-api.show_passport", "by name"): f"{_STATE} {_each('sections', 'section text')}",
    ("accreditation-api.show_training", MANAGER): _each("asked", _STANDING),
}
"""What others than the person and HR see of somebody."""

FIELDS: Final[dict[tuple[str, str], str]] = {
    **{(f"{part}.{route}", FULL): text for part, routes in _BY_ROUTE.items() for route, text in routes.items()},
    **{(f"{name}-home.show_home", FULL): text for name, text in _HOME.items()},
    **{
        (f"{name}-desk.trail", FULL): _each("rows", "service epoch position time what organisation revision thread")
        for name in installed()
    },
    **{
        (f"{name}-desk.upcoming", FULL): f"due {_each('upcoming', 'on what')}"
        if name in _MOVED_BY_THE_CLOCK
        else "due upcoming"
        for name in installed()
    },
    **_LESS,
}
