from __future__ import annotations

from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

import pytest

from services.workforce.domain.commands import ForgetPerson
from shared.web.app_context import EXTENSION
from tests.web_client import words_of
from tests.workforce.conftest import WORKS, Desk
from tests.workforce.test_api import Office

HIRE: dict[str, Any] = {
    "name": "Ada Sample",
    "staff_number": "0100",
    "post": "Executive Officer",
    "employer": WORKS,
    "nation": "wales",
    "status": "employee",
    "pattern": "mon-fri 7:24",
    "fte": "1",
    "full_time_hours": "37",
    "starts": date(2026, 1, 5),
}


@pytest.fixture
def office(desk: Desk) -> Office:
    return Office(desk)


def test_hr_sees_the_staff_of_their_organisation(office: Office) -> None:
    words = office.hr.text("/workforce/")
    assert "Ministry of Works" in words
    assert "Boss Sample" in words
    assert "Other Sample" not in words
    assert "3 employments" in words


def test_a_number_of_people_says_for_how_many_one_stands(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ["People", "3"] in [list(fact.values()) for fact in office.hr.home("workforce")["standing"]["facts"]]
    for module in ("home", "pages.staff"):
        monkeypatch.setattr(f"services.workforce.web.{module}.people_each", lambda settings: {WORKS: 53})
    facts = [list(fact.values()) for fact in office.hr.home("workforce")["standing"]["facts"]]
    assert ["People", "3 people in this demonstration; one stands for about 53"] in facts
    assert "one person stands for about 53 of the organisation’s staff" in office.hr.text("/workforce/")


def found(office: Office, who: str) -> str:
    return words_of(office.hr.post_form("/workforce/find", {"who": who}).text)


@pytest.mark.parametrize("who", ["0002", "2", "report", "sample rep", "Rep Sam"])
def test_hr_finds_somebody_by_the_beginning_of_a_name_or_staff_number(office: Office, who: str) -> None:
    page = found(office, who)
    assert "1 found Name Staff number Post Report Sample 0002" in page
    assert "Boss Sample" not in page


@pytest.mark.parametrize("who", ["9", "eport", "reports", "report x", "-", "%", "_"])
def test_whom_nothing_fits_is_not_found(office: Office, who: str) -> None:
    assert "Nobody here has a name or staff number that begins like this" in found(office, who)


def test_nothing_is_looked_for_without_a_word(office: Office) -> None:
    assert "Enter a name or a staff number" in found(office, "")
    assert office.hr.get("/workforce/find").status_code == 200


def test_of_very_many_the_first_are_shown_and_said_to_be(office: Office) -> None:
    for number in range(200, 260):
        office.desk.hire("Somebody", f"{number:04d}")
    office.desk.show()
    assert "The first 50 people found. Type more of the name to find fewer" in found(office, "somebody")


def test_hr_sees_whom_nobody_manages(office: Office) -> None:
    page = office.hr.text("/workforce/?manager=none")
    assert "Staff without a manager" in page
    assert "Boss Sample" in page
    assert "Report Sample" not in page
    assert "no manager" in office.hr.text("/")


def test_a_long_list_is_turned_page_by_page(office: Office) -> None:
    for number in range(200, 260):
        office.desk.hire("Somebody", f"{number:04d}")
    office.desk.show()
    first = office.hr.get("/workforce/").text
    assert "page 1 of 2" in first
    assert "page=2" in first
    assert "0259" in office.hr.text("/workforce/?page=2")
    assert office.hr.get("/workforce/?page=nonsense").status_code == 400
    answer = office.hr.get("/workforce/?page=12")
    assert answer.status_code == 404
    assert "There is no page 12. The last is page 2." in answer.text
    assert '<a class="govuk-link" href="?page=2">Go to page 2</a>' in answer.text


def test_hr_goes_on_from_a_record_to_what_others_keep_of_who_works_there_today(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = f"/workforce/people/{office.report}"
    assert "See their training" not in office.hr.text(page)
    kept = office.hr.app.extensions[EXTENSION]
    both = replace(kept, settings=replace(kept.settings, services=("workforce", "accreditation", "leave", "passport")))
    monkeypatch.setitem(office.hr.app.extensions, EXTENSION, both)
    shown = office.hr.get(page).text
    for address in (f"/accreditation/people/{office.report}", f"/leave/staff/{office.report}", "/passport/find"):
        assert f'href="{address}"' in shown
    assert "See their training" not in office.sign_in(office.report, WORKS).text("/workforce/")


def test_everybody_else_begins_with_their_own_record(office: Office) -> None:
    words = office.sign_in(office.report, WORKS).text("/workforce/")
    assert "Your record Report Sample" in words
    assert "Boss Sample" in words
    assert "Monday to Friday 7 hours 24 minutes a day" in words
    assert "/change" not in office.sign_in(office.report, WORKS).get("/workforce/").text


def test_hr_records_somebody_new_and_is_shown_their_record(office: Office) -> None:
    assert office.hr.get("/workforce/people/new").status_code == 200
    response = office.hr.post_form("/workforce/people/new", HIRE)
    assert response.status_code == 303
    office.desk.show()
    words = office.hr.text(response.headers["Location"])
    assert "Employment recorded" in words
    assert "Ada Sample" in words
    assert "5 January 2026" in words


def test_a_form_with_mistakes_comes_back_with_each_beside_its_field(office: Office) -> None:
    response = office.hr.post_form("/workforce/people/new", {**HIRE, "fte": "2", "pattern": "whenever"})
    assert response.status_code == 422
    assert "There is a problem" in response.text
    assert 'href="#fte"' in response.text
    assert 'href="#pattern"' in response.text
    assert 'value="Ada Sample"' in response.text


def test_everything_missing_is_told_at_once_in_the_order_of_the_form(office: Office) -> None:
    page = office.hr.post_form("/workforce/people/new", {"fte": "1"}).text
    told = [page.index(f'href="#{name}') for name in ("employer", "staff_number", "pattern", "starts-day")]
    assert told == sorted(told)
    assert 'href="#name"' in page


def test_a_refusal_is_shown_beside_the_field_it_concerns(office: Office) -> None:
    response = office.hr.post_form("/workforce/people/new", {**HIRE, "staff_number": "0001"})
    assert response.status_code == 422
    assert 'href="#staff_number"' in response.text
    response = office.hr.post_form("/workforce/people/new", {**HIRE, "manager_staff_number": "0999"})
    assert 'href="#manager_staff_number"' in response.text


def test_hr_changes_an_employment_from_a_day_on(office: Office) -> None:
    path = f"/workforce/people/{office.report}/employments/{office.job}/change"
    page = office.hr.get(path).text
    assert 'value="0001"' in page
    assert 'value="mon-fri 7:24"' in page
    change = {
        "effective_from": date(2026, 4, 1),
        "organisation": WORKS,
        "staff_number": "0002",
        "post": "Higher Executive Officer",
        "manager_staff_number": "0001",
        "nation": "england",
        "status": "employee",
        "pattern": "mon-wed 7:24",
        "fte": "0.6",
        "full_time_hours": "37:00",
    }
    response = office.hr.post_form(path, change)
    assert response.status_code == 303
    office.desk.show()
    words = office.hr.text(response.headers["Location"])
    assert "Change recorded" in words
    assert "History of changes" in words
    assert "1 April 2026 Higher Executive Officer" in words
    response = office.hr.post_form(path, {**change, "effective_from": date(2019, 1, 1)})
    assert response.status_code == 422
    assert 'href="#effective_from-day"' in response.text


def test_hr_gives_an_employment_its_last_day(office: Office) -> None:
    path = f"/workforce/people/{office.report}/employments/{office.job}/end"
    assert office.hr.get(path).status_code == 200
    response = office.hr.post_form(path, {"ends": date(2026, 6, 30)})
    assert response.status_code == 303
    office.desk.show()
    assert "30 June 2026" in office.hr.text(response.headers["Location"])
    response = office.hr.post_form(path, {"ends": date(2019, 6, 30)})
    assert response.status_code == 422
    assert "before the first day" in response.text


def test_hr_corrects_a_name(office: Office) -> None:
    path = f"/workforce/people/{office.report}/name"
    assert 'value="Report Sample"' in office.hr.get(path).text
    response = office.hr.post_form(path, {"name": "O'Brien <b>"})
    office.desk.show()
    page = office.hr.get(response.headers["Location"]).text
    assert "<b>" not in page
    assert "O'Brien <b>" in unescape(page)


def test_an_erased_person_is_shown_as_erased_with_nothing_to_change(office: Office) -> None:
    office.desk.send(ForgetPerson(office.report, "operator"))
    office.desk.show()
    words = office.hr.text(f"/workforce/people/{office.report}")
    assert "Erased" in words
    assert "Report Sample" not in words
    assert "Correct the name" not in words


def test_pages_of_others_are_not_there(office: Office) -> None:
    boss = office.sign_in(office.manager, WORKS)
    assert office.hr.get(f"/workforce/people/{office.other}").status_code == 404
    assert boss.get(f"/workforce/people/{office.clerk}").status_code == 404
    assert boss.get("/workforce/people/new").status_code == 403
    words = boss.text(f"/workforce/people/{office.report}")
    assert "Report Sample" in words
    assert "Full-time equivalent" not in words
    for page in ("change", "end"):
        path = f"/workforce/people/{office.report}/employments/{office.job}/{page}"
        assert boss.get(path).status_code == 403
        assert office.sign_in(office.report, WORKS, "hr").get(path).status_code == 404


def test_nobody_records_an_employment_for_themselves_on_the_page_either(office: Office) -> None:
    own = office.sign_in(office.report, WORKS, "hr")
    whose = {name: value for name, value in HIRE.items() if name != "name"} | {"person": office.report}
    assert own.post_form("/workforce/people/new", whose).status_code == 404
    assert office.hr.post_form("/workforce/people/new", whose).status_code == 303
