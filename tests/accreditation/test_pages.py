"""Accreditation's pages: HR looks after the organisation, a manager after the team, everybody sees their own."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from services.accreditation.domain.compliance import Compliance
from services.accreditation.web.words import share_words, training_words, validity_words
from shared.contracts import types
from shared.kernel.ids import new_id
from tests.accreditation.builders import CARER, CODE, MANAGER, ORGANISATION, version
from tests.accreditation.rig import DAY, SISTER, STRANGER_ACTOR, Rig
from tests.web_client import WebClient, words_of

PERSON = f"/accreditation/people/{CARER}"
COURSE = {
    "code": CODE,
    "audience": "all-staff",
    "title": "Carer aware",
    "validity_months": "12",
    "grace_days": "0",
    "starts": date(2025, 1, 1),
}


def follow(client: WebClient, answer: Any) -> str:
    assert answer.status_code == 303, words_of(answer.text)
    return client.text(answer.headers["Location"])


def refused(answer: Any, words: str) -> None:
    assert answer.status_code == 422, words_of(answer.text)
    page = words_of(answer.text)
    assert "There is a problem" in page
    assert page.count(words) == 2, page


def test_an_empty_organisation_is_told_what_to_do(hr: WebClient, carer: WebClient) -> None:
    page = hr.text("/accreditation/organisation")
    assert "No courses yet. Add a course to tell people that they must take it." in page
    assert "0 of 10 in place" in page
    assert "No awards yet." in page
    page = carer.text("/accreditation/")
    assert "You do not have to take any courses." in page
    assert "Your organisation has not recorded anything yet." in page
    assert "Manage training and awards" not in page


def test_hr_records_a_course_and_sees_how_far_it_is(hr: WebClient) -> None:
    page = follow(hr, hr.post_form("/accreditation/courses/new", COURSE))
    assert "Trained 0 of 3 (0%)" in page
    assert "S1111, Policy adviser" in page
    assert "Carer aware All staff" in hr.text("/accreditation/organisation").replace(
        "Course Carer aware", "Carer aware"
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"code": "Not A Code"}, "Use lower-case letters, digits and single hyphens"),
        ({"audience": ""}, "Choose who must take the course"),
        ({"title": ""}, "Enter the course’s title"),
        ({"grace_days": "x"}, "Enter a whole number"),
        ({"validity_months": "0"}, "Enter a number from 1 to 120"),
        ({"starts-day": "31", "starts-month": "2", "starts-year": "2026", "starts": ""}, "Enter a real date"),
    ],
)
def test_a_course_that_cannot_be_is_told_beside_its_field(hr: WebClient, change: dict[str, Any], words: str) -> None:
    fields = {name: value for name, value in (COURSE | change).items() if name != "starts" or value}
    refused(hr.post_form("/accreditation/courses/new", fields), words)


def test_a_code_that_is_taken_is_told_beside_it(hr: WebClient) -> None:
    hr.post_form("/accreditation/courses/new", COURSE)
    refused(
        hr.post_form("/accreditation/courses/new", COURSE | {"title": "Other"}),
        "already has a course with the short name carer-aware",
    )


def test_hr_chooses_the_date_of_the_figures(rig: Rig, hr: WebClient) -> None:
    rig.course()
    rig.complete()
    assert "1 of 3 (33%)" in hr.text(f"/accreditation/courses/{CODE}")
    page = hr.text(f"/accreditation/courses/{CODE}?on-day=1&on-month=2&on-year=2026")
    assert "Date Sunday 1 February 2026" in page
    assert "0 of 3 (0%)" in page
    answer = hr.get(f"/accreditation/courses/{CODE}?on-day=31&on-month=2&on-year=2026")
    assert answer.status_code == 422
    assert "Enter a real date" in words_of(answer.text)


def test_a_further_version_begins_with_what_the_last_one_says(rig: Rig, hr: WebClient) -> None:
    rig.course()
    html = hr.get(f"/accreditation/courses/{CODE}/version").text
    assert 'value="Carer aware"' in html
    again = {
        "title": "Second",
        "validity_months": "24",
        "grace_days": "30",
        "starts": date(2026, 3, 1),
        "retake": "true",
    }
    page = follow(hr, hr.post_form(f"/accreditation/courses/{CODE}/version", again))
    assert "Still have time, not counted 3" in page
    assert "2 years" in page
    early = again | {"starts": date(2026, 3, 1)}
    refused(
        hr.post_form(f"/accreditation/courses/{CODE}/version", early), "The earlier version started on 1 March 2026"
    )


def test_a_course_is_ended(rig: Rig, hr: WebClient) -> None:
    rig.course()
    page = follow(hr, hr.post_form(f"/accreditation/courses/{CODE}/end", {"ends": DAY}))
    assert "The course has ended: nobody must take it from Monday 2 March 2026." in page
    refused(hr.post_form(f"/accreditation/courses/{CODE}/end", {"ends": date(2020, 1, 1)}), "The course starts on")


def test_hr_finds_somebody_and_records_what_they_completed(rig: Rig, hr: WebClient, carer: WebClient) -> None:
    rig.course()
    refused(hr.post_form("/accreditation/people", {"staff_number": "S7777"}), "Nobody in your organisation has this")
    found = hr.post_form("/accreditation/people", {"staff_number": "S1111"})
    assert found.headers["Location"] == PERSON
    assert "S1111, Policy adviser" in hr.text(PERSON)
    done = {
        "taken": f"{CODE}/1",
        "completed_on": date(2026, 2, 2),
        "source": "certificate",
        "evidence": "In the register",
    }
    page = follow(hr, hr.post_form(f"{PERSON}/completion", done))
    assert "Completion recorded" in page
    assert "In the register" in page
    assert "Valid until 1 February 2027" in page
    assert "In the register" not in str(rig.published())
    page = carer.text("/accreditation/")
    assert "Carer aware" in page
    assert "Completed" in page
    assert "Nothing has changed" in follow(hr, hr.post_form(f"{PERSON}/completion", done))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"taken": ""}, "Choose the course"),
        ({"taken": f"{CODE}/9"}, "The course does not have version 9"),
        ({"completed_on": date(2026, 3, 3)}, "The date must be"),
        ({"source": ""}, "Choose how you know"),
    ],
)
def test_a_completion_that_cannot_be_is_told_beside_its_field(
    rig: Rig, hr: WebClient, change: dict[str, Any], words: str
) -> None:
    rig.course()
    done = {"taken": f"{CODE}/1", "completed_on": date(2026, 2, 2), "source": "certificate"}
    refused(hr.post_form(f"{PERSON}/completion", done | change), words)


def test_a_mistake_is_taken_back_after_one_has_looked(rig: Rig, hr: WebClient) -> None:
    rig.course()
    completion = rig.complete().data["completion"]
    path = f"{PERSON}/completions/{CODE}/{completion}"
    assert "Only remove a completion that was recorded by mistake" in hr.text(path)
    page = follow(hr, hr.post_form(path, {}))
    assert "No completed courses." in page
    assert hr.get(path).status_code == 404


def test_somebody_is_let_off_with_a_reason(rig: Rig, hr: WebClient, carer: WebClient) -> None:
    rig.course()
    fields = {"code": CODE, "reason": "not-in-their-role", "starts": DAY, "note": "Agreed with estates"}
    page = follow(hr, hr.post_form(f"{PERSON}/exemption", fields))
    assert "Their role does not need this course" in page
    assert "Agreed with estates" in page
    assert "Exempt, not counted 1" in hr.text(f"/accreditation/courses/{CODE}")
    assert "Exempt" in carer.text("/accreditation/")
    overlapping = fields | {"starts": date(2026, 3, 5)}
    refused(
        hr.post_form(f"{PERSON}/exemption", overlapping),
        "The exemption from 2 March 2026 already includes some of these days",
    )


@pytest.mark.parametrize(
    ("states", "own", "sentence"),
    [
        ([], False, "They have no required courses."),
        (["trained", "exempt"], False, "They have no courses left to do."),
        (["grace"], True, "You have 1 course still to do: Course 1."),
        (["grace", "due", "due"], True, "You have 2 courses overdue: Course 2, Course 3."),
    ],
)
def test_a_record_says_first_how_training_stands(states: list[str], own: bool, sentence: str) -> None:
    asked = [{"title": f"Course {at}", "state": state, "trained": False} for at, state in enumerate(states, 1)]
    assert training_words(asked, own=own) == sentence


def test_who_must_still_take_a_course_is_listed_with_their_manager(rig: Rig, hr: WebClient) -> None:
    rig.course()
    page = hr.text(f"/accreditation/courses/{CODE}")
    assert "Line manager Person Due by S2222, Policy adviser S1111, Policy adviser" in page
    assert "No line manager S2222, Policy adviser" in page


def test_a_manager_sees_the_team_by_staff_number(rig: Rig, manager: WebClient) -> None:
    rig.course()
    page = manager.text("/accreditation/team")
    assert "S1111, Policy adviser" in page
    assert "Overdue" in page
    assert "S3333" not in page
    assert "Your team’s training" in manager.text("/accreditation/")


def test_who_manages_nobody_is_told_so(rig: Rig, carer: WebClient) -> None:
    rig.course()
    assert "Nobody you manage must take a course" in carer.text("/accreditation/team")
    assert "Your team’s training" not in carer.text("/accreditation/")


def test_hr_records_what_is_in_place(hr: WebClient, carer: WebClient) -> None:
    fields = {"starts": date(2025, 4, 1), "owner": "People team", "evidence": "Intranet, page 4"}
    page = follow(hr, hr.post_form("/accreditation/provisions/carers-policy", fields))
    assert "1 of 10 in place" in page
    assert "Since 1 April 2025" in page
    page = carer.text("/accreditation/")
    assert "Carers policy Responsible: People team Where to find it: Intranet, page 4" in page
    page = hr.text("/accreditation/provisions/carers-policy")
    assert "In place since Tuesday 1 April 2025" in page
    refused(
        hr.post_form("/accreditation/provisions/carers-policy", fields | {"starts": date(2025, 5, 1)}),
        "It is already recorded as in place from 1 April 2025",
    )
    assert "0 of 10 in place" in follow(hr, hr.post_form("/accreditation/provisions/carers-policy/end", {"ends": DAY}))


def test_a_vacant_champion_counts_for_a_while_and_hr_is_reminded(rig: Rig, hr: WebClient) -> None:
    rig.put_in_place("carers-champion")
    page = hr.text("/accreditation/provisions/carers-champion")
    assert "Record that there is no champion" in page
    page = follow(hr, hr.post_form("/accreditation/provisions/carers-champion/vacancy", {"since": date(2026, 2, 1)}))
    assert "Vacant" in page
    assert "Vacant since 1 February 2026. Counts as in place until 1 May 2026" in page
    assert "1 of 10 in place" in page
    assert "There is no Carers’ Champion" in items(hr)


def test_an_unknown_kind_of_provision_is_not_there(hr: WebClient) -> None:
    assert hr.get("/accreditation/provisions/free-lunch").status_code == 404


def test_hr_records_an_award_step_by_step(rig: Rig, hr: WebClient, carer: WebClient) -> None:
    refused(hr.post_form("/accreditation/awards/new", {}), "Choose the scheme")
    second = hr.post_form("/accreditation/awards/new", {"scheme": "carer-confident"})
    page = follow(hr, second)
    assert "Ambassador" in page
    assert "Works agency" in page
    path = second.headers["Location"]
    fields = {"level": "accomplished", "starts": date(2025, 4, 1), "organisations": [ORGANISATION, SISTER]}
    refused(hr.post_form(path, fields | {"organisations": []}), "Choose at least one organisation")
    refused(hr.post_form(path, fields | {"level": ""}), "Choose the level")
    page = follow(hr, hr.post_form(path, fields))
    assert "your organisation’s level is Accomplished" in page
    assert "31 March 2028" in page
    assert "Carer Confident Accomplished" in carer.text("/accreditation/")
    assert rig.told(types.AWARDED)[0][1]["organisations"] == [ORGANISATION, SISTER]


def test_an_award_that_ends_soon_is_warned_of_and_may_be_ended(rig: Rig, hr: WebClient, carer: WebClient) -> None:
    award = rig.award(until=date(2026, 6, 30)).data["award"]
    page = hr.text("/accreditation/organisation")
    assert "The Carer Confident award ends on 30 June 2026. Apply again before then." in page
    assert "The Carer Confident award ends on 30 June 2026" in items(hr)
    assert "award ends" not in items(carer)
    refused(hr.post_form(f"/accreditation/awards/{award}/end", {"ends": date(2026, 3, 3)}), "Enter a date from")
    page = follow(hr, hr.post_form(f"/accreditation/awards/{award}/end", {"ends": DAY}))
    assert "Ended" in page
    assert "counts at the level" not in page


def test_a_self_assessment_goes_area_by_area(hr: WebClient) -> None:
    path = "/accreditation/assessments/carer-confident"
    assert "0 of 5 areas have evidence under 12 months old" in hr.text(path)
    html = hr.get(f"{path}/preparation").text
    names = re.findall(r'name="(score_\w+)"', html)
    fields = dict.fromkeys(names, "2") | {"evidence": "The plan", "evidence_on": date(2026, 1, 5)}
    answer = hr.post_form(f"{path}/preparation", fields)
    assert answer.headers["Location"] == f"{path}/policy-and-guidance"
    page = hr.text(path)
    assert "6 of 9" in page
    assert "1 of 5 areas have evidence under 12 months old" in page
    assert hr.get(f"{path}/preparation").text.count("checked") == 3
    missing = {name: value for name, value in fields.items() if name != names[0]}
    refused(hr.post_form(f"{path}/preparation", missing), "Choose how far this is so")
    assert hr.get(f"{path}/weather").status_code == 404


def test_a_self_assessment_shows_what_the_records_say_that_day(rig: Rig, hr: WebClient) -> None:
    rig.course()
    rig.complete()
    rig.put_in_place("carers-policy")
    page = hr.text("/accreditation/assessments/carer-positive")
    assert "What your records show on 2 March 2026" in page
    assert "Policy In place: Carers policy Not in place: Carers’ Charter signed" in page
    assert "Awareness and training Not in place: Carers’ Champion, Line manager toolkit, Awareness campaign" in page
    assert "Carer aware: 1 of 3 (33%) trained" in page


@pytest.mark.parametrize(
    "path",
    [
        "organisation",
        "courses/new",
        f"courses/{CODE}",
        f"courses/{CODE}/version",
        f"courses/{CODE}/end",
        "people",
        "provisions/carers-policy",
        "provisions/carers-policy/end",
        "provisions/carers-champion/vacancy",
        "awards/new",
        "awards/new/carer-confident",
        "awards/99999999-9999-4999-8999-999999999999/end",
        "assessments/carer-confident",
        "assessments/carer-confident/preparation",
        f"people/{MANAGER}/completion",
        f"people/{MANAGER}/exemption",
    ],
)
def test_hrs_pages_are_hrs_alone(rig: Rig, carer: WebClient, path: str) -> None:
    rig.course()
    assert carer.get(f"/accreditation/{path}").status_code == 403


def test_hr_elsewhere_sees_neither_course_nor_person(rig: Rig, web: WebClient) -> None:
    rig.course()
    stranger = web.signed_in(STRANGER_ACTOR)
    for path in (
        f"courses/{CODE}",
        f"people/{CARER}",
        f"people/{CARER}/completion",
        "courses/none",
        f"people/{new_id()}",
    ):
        assert stranger.get(f"/accreditation/{path}").status_code == 404


def test_notes_are_gone_after_erasure_and_figures_stay(rig: Rig, hr: WebClient) -> None:
    rig.course()
    rig.complete(evidence="In the register")
    rig.application.on_stored = lambda: None
    rig.forget(CARER)
    assert "In the register" not in hr.text(PERSON)
    assert "1 of 3 (33%)" in hr.text(f"/accreditation/courses/{CODE}")
    done = {"taken": f"{CODE}/1", "completed_on": date(2026, 2, 3), "source": "certificate"}
    assert hr.post_form(f"{PERSON}/completion", done).status_code == 410


@pytest.mark.parametrize(
    ("numerator", "denominator", "words"),
    [(0, 0, "Nobody counts yet"), (1, 8, "1 of 8 (13%)"), (1, 3, "1 of 3 (33%)"), (3, 3, "3 of 3 (100%)")],
)
def test_shares_are_told_in_people_and_whole_percent(numerator: int, denominator: int, words: str) -> None:
    assert share_words(Compliance(numerator, denominator, 0, 0, 0)) == words


@pytest.mark.parametrize(
    ("months", "words"), [(None, "Does not expire"), (12, "1 year"), (36, "3 years"), (1, "1 month"), (18, "18 months")]
)
def test_validity_is_told_in_words(months: int | None, words: str) -> None:
    assert validity_words(version(validity_months=months)) == words


def items(client: WebClient) -> str:
    """What the service has on somebody's home page."""
    return " ".join(each["text"] for each in client.home("accreditation")["waiting"])


def test_an_exemption_is_changed_from_the_persons_page(rig: Rig, hr: WebClient) -> None:
    rig.course()
    rig.exempt(date(2026, 3, 1), note="On a project")
    path = re.search(rf'href="({PERSON}/exemption\?[^"]+)"', hr.get(PERSON).text)
    assert path is not None
    form = hr.get(path[1].replace("&amp;", "&")).text
    assert all(words in form for words in ("On a project", 'value="2026"', "selected", "checked"))
    others = hr.get(f"{PERSON}/exemption?code={CODE}&starts=2026-03-05").text
    assert "On a project" not in others


def test_an_award_names_whom_it_covers(rig: Rig, hr: WebClient) -> None:
    rig.award(DAY, None, SISTER)
    assert "Ministry of works, Works agency" in hr.text("/accreditation/organisation").replace("Of Works", "of works")


def test_a_course_says_when_it_begins_and_that_a_day_is_still_to_come(rig: Rig, hr: WebClient) -> None:
    rig.course(starts=date(2026, 2, 1))
    path = f"/accreditation/courses/{CODE}?on-day=1&on-month=1&on-year="
    assert "The course starts on Sunday 1 February 2026" in hr.text(f"{path}2026")
    assert "use your records as they are today" in hr.text(f"{path}2028")
    assert "use your records as they are today" not in hr.text(f"/accreditation/courses/{CODE}")
