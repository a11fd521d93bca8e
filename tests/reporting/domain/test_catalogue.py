"""Each indicator is declared once, and all that is made of the declarations holds together."""

from __future__ import annotations

from services.reporting.domain.catalogue import BY_NUMBER, MEASURES, ONE_BY_ONE, compute, figures_json, parse_figures
from services.reporting.domain.facts import Facts
from services.reporting.domain.figures import Figures, Flow
from services.reporting.domain.released import STOCKS
from services.reporting.web.schemas import ProgressSchema
from shared.contracts.reporting import Figures as Contract

NOTHING = compute(["2026-11"], Facts(), ())["2026-11"]


def test_what_is_published_has_exactly_what_the_measures_make() -> None:
    plain = figures_json(NOTHING)
    assert Contract().validate(plain) == {}
    assert set(plain) == set(Contract().fields)
    for measure in MEASURES:
        assert Contract(only=[measure.number]).validate({measure.number: {}}) != {}, "its content is looked at"


def test_every_measure_comes_back_from_its_json() -> None:
    assert parse_figures(figures_json(NOTHING)) == NOTHING
    assert len({measure.number for measure in MEASURES}) == len(MEASURES) == len(NOTHING.measures)


def test_a_return_of_older_definitions_has_nothing_for_what_came_later() -> None:
    old = Figures(Flow(), Flow())
    later = {number for number, each in BY_NUMBER.items() if each.part_of(old) is None}
    assert later == set(BY_NUMBER) - {"10", "11", "12"}


def test_every_cell_has_a_name_of_its_own_and_is_in_the_api() -> None:
    cells = [name for each in ONE_BY_ONE for name in each.cells]
    assert len(set(cells)) == len(cells)
    assert {*STOCKS, *cells} <= set(ProgressSchema().fields)


def test_every_indicator_releases_as_many_texts_as_it_has_cells_or_none() -> None:
    for each in ONE_BY_ONE:
        texts = each.texts(NOTHING, "2026-12")
        assert texts is not None
        assert len(texts) in (0, len(each.cells)), each.number
