"""Who must still take a course: HR's list, and the same as a file for a spreadsheet."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from tests.accreditation.builders import CARER, CODE, HR, MANAGER
from tests.accreditation.rig import CARER_ACTOR, HR_ACTOR, STRANGER_ACTOR, Rig
from tests.support import project
from tests.web_client import WebClient, web_client

PAGE = f"/accreditation/courses/{CODE}"
API = f"/api/accreditation/courses/{CODE}/to-take"


@pytest.fixture
def web(rig: Rig) -> WebClient:
    """The app; the manager has taken the course, the carer and HR have not."""
    rig.application.on_stored = lambda: project(rig.wiring)
    rig.course(grace_days=30)
    rig.complete(MANAGER)
    return web_client({"accreditation": rig.wiring}, clock=rig.clock)


def lines(client: WebClient, path: str) -> list[list[str]]:
    """The file's lines, without its header."""
    answer = client.get(path)
    assert answer.status_code == 200
    header, *rest = csv.reader(io.StringIO(answer.text, newline=""))
    assert header == ["staff_number", "post", "course", "title", "due"]
    return rest


def test_the_file_has_who_is_counted_and_not_trained_by_staff_number(web: WebClient) -> None:
    assert lines(web.signed_in(HR_ACTOR), API) == [
        [f"S{person[:4]}", "Policy adviser", CODE, "Carer aware", "2025-01-30"] for person in (CARER, HR)
    ]


def test_the_file_is_of_the_day_that_the_page_shows(rig: Rig, web: WebClient) -> None:
    hr = web.signed_in(HR_ACTOR)
    rig.complete(CARER, on=date(2026, 2, 20))
    assert len(lines(hr, API)) == 1
    assert len(lines(hr, f"{API}?on=2026-02-19")) == 2
    assert f'href="{API}?on=2026-02-19"' in hr.get(f"{PAGE}?on-day=19&on-month=2&on-year=2026").text


def test_posts_that_look_like_formulas_are_text(rig: Rig, web: WebClient) -> None:
    rig.change(CARER, date(2026, 1, 1), post="=1+1")
    assert lines(web.signed_in(HR_ACTOR), API)[0][1] == "'=1+1"


def test_more_people_than_one_question_names_are_all_listed(rig: Rig, web: WebClient) -> None:
    for number in range(600):
        rig.employ(f"{number:08d}-0000-4000-8000-000000000000", staff_number=f"N{number:03d}")
    found = [line[0] for line in lines(web.signed_in(HR_ACTOR), API)]
    assert found == sorted(found)
    assert len(found) == 602


def test_the_page_says_by_which_day_it_was_due(web: WebClient) -> None:
    assert "30 January 2025" in web.signed_in(HR_ACTOR).text(PAGE)


def test_others_get_the_answer_of_what_is_not_there(web: WebClient) -> None:
    assert web.signed_in(STRANGER_ACTOR).get(API).status_code == 404
    assert web.signed_in(CARER_ACTOR).get(API).status_code in (403, 404)
