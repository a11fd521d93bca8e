"""In which order passports are listed for whoever manages people."""

from __future__ import annotations

from services.passport.read.listed import Listed
from services.passport.read.team import TeamPassport
from services.passport.web.views import in_order

NAMES = {
    "1": "zoe (1, Clerk)",
    "2": "Ada (2, Clerk)",
    "3": "Bea (3, Clerk)",
    "4": "Cy (4, Clerk)",
    "5": "Di (5, Clerk)",
}


def held(
    person: str,
    *,
    shared: bool = True,
    reviews: tuple[str, ...] = (),
    to_sign: bool = False,
    to_accept: bool = False,
) -> TeamPassport:
    paper = Listed(person, "works", "agreed", "", "", "", "", False, True, "")
    return TeamPassport(paper, person, "Clerk", shared, reviews, to_sign, to_accept)


def test_passports_with_something_to_do_come_first_and_each_kind_by_name() -> None:
    team = [
        held("1"),
        held("5", shared=False),
        held("2"),
        held("4", to_sign=True),
        held("3", reviews=("yearly",)),
    ]
    assert [each.listed.person for each in in_order(team, NAMES)] == ["3", "4", "5", "2", "1"]


def test_a_passport_from_another_organisation_is_something_to_do() -> None:
    team = [held("2"), held("1", to_accept=True)]
    assert [each.listed.person for each in in_order(team, NAMES)] == ["1", "2"]
