"""Training, what is in place, an award and the organisation's figures, by keyboard alone.

HR records them, the manager and the carer see what is theirs. In order: each test goes on where the one before it
ended. The carer holds a small phone.
"""

from __future__ import annotations

import pytest

from tests.browser.conftest import WIDTHS, Visit
from tests.browser.visitor import Visitor
from tests.system.site import Site

pytestmark = [pytest.mark.system, pytest.mark.timeout(180)]

PHONE = WIDTHS[0]
STAFF = 15
"""People of the ministry: a manager, HR, payroll and twelve carers."""

OVERVIEW = "/accreditation/"
ORGANISATION = "/accreditation/organisation"
COURSE = "Carer aware"
FIRST_DAY, COMPLETED = -40, -20
"""Days from today: when the course began, when somebody took it."""


def test_a_course_is_recorded_somebody_takes_it_and_all_three_see_how_they_stand(visit: Visit, site: Site) -> None:
    hr, manager, carer = visit("Ministry", "HR"), visit("Ministry", "Line manager"), visit("Ministry", "Carer", PHONE)
    hr.open(OVERVIEW)
    hr.press("Manage training and awards")
    hr.sees("No courses yet")
    _record_the_course(hr, site)
    hr.sees(f"0 of {STAFF} (0%)")
    carer.sees_at(OVERVIEW, f"{COURSE} Overdue")
    manager.open(OVERVIEW)
    manager.follow("Your team’s training")
    assert _states(manager) == ["Overdue"] * (STAFF - 1)

    _record_a_completion(hr, site)

    manager.sees_at("/accreditation/team", "C1, Officer) Carer aware Completed")
    assert sorted(_states(manager)) == ["Completed", *["Overdue"] * (STAFF - 2)]
    carer.sees_at(OVERVIEW, f"{COURSE} Completed")
    day = site.day(COMPLETED)
    assert carer.table("Courses you have completed")[0][:2] == [COURSE, f"{day.day} {day:%B %Y}"]
    carer.sees_nothing_of("Your team’s training", "Manage training and awards")


def test_compliance_is_told_for_a_date_in_the_past(visit: Visit, site: Site) -> None:
    hr = visit("Ministry", "HR")
    hr.open(ORGANISATION)
    hr.follow(COURSE)
    hr.sees(f"1 of {STAFF} (7%)")
    hr.write_day((29, 2, 2027))
    hr.press("Show figures")
    hr.follow_the_error("Enter a real date", "on-day")
    for ahead, figures in (
        (FIRST_DAY - 1, "Nobody counts yet"),
        (COMPLETED - 1, f"0 of {STAFF} (0%)"),
        (COMPLETED, f"1 of {STAFF} (7%)"),
    ):
        day = site.day(ahead)
        hr.write_day(day)
        hr.press("Show figures")
        hr.sees(f"Date {day:%A} {day.day} {day:%B %Y}", f"Trained {figures}")


def test_what_is_in_place_an_assessment_and_an_award_are_recorded_and_seen(visit: Visit, site: Site) -> None:
    hr, carer = visit("Ministry", "HR"), visit("Ministry", "Carer", PHONE)
    carer.open(OVERVIEW)
    carer.sees(
        "Your organisation has not recorded anything yet", "Your organisation does not have an award at the moment"
    )
    _record_the_policy(hr, site)
    _assess_an_area(hr, site)
    _record_the_award(hr, site)

    carer.sees_at(OVERVIEW, "Carers policy Responsible: People team")
    carer.sees("Carer Confident Active")
    carer.open(ORGANISATION)
    carer.sees("You cannot do this")


def test_the_organisations_figures_are_exact_for_hr_and_released_for_everybody_else(visit: Visit, site: Site) -> None:
    hr, carer = visit("Ministry", "HR"), visit("Ministry", "Carer", PHONE)
    month = f"{site.day(0):%B %Y}"
    own = f"/reporting/organisation?month={site.day(0):%Y-%m}"
    caption = f"Indicators for {month}"
    hr.sees_at(own, "Carer Confident active")
    exact = {line[0]: " ".join(line[1:]) for line in hr.table(caption)}
    assert _told(exact, "Staff trained").startswith("6.7%")
    assert _told(exact, "policy").startswith("yes")
    assert _told(exact, "Award").startswith("Carer Confident active")
    assert _told(exact, "Champion").startswith("no")

    carer.open(own)
    released = {line[0]: " ".join(line[1:]) for line in carer.table(caption)}
    assert _told(released, "Staff trained").startswith("[c]")
    assert _told(released, "policy").startswith("yes")
    assert _told(released, "Award").startswith("Carer Confident active")
    carer.sees_nothing_of("6.7%", "exact", "Revision")
    carer.sees("too few people are behind the figure")


def _states(manager: Visitor) -> list[str]:
    return [state for _, _, state, _ in manager.table("People you manage")]


def _record_the_course(hr: Visitor, site: Site) -> None:
    hr.press("Add a course")
    hr.press("Add the course")
    hr.follow_the_error("Enter a short name for the course", "code")
    hr.page.keyboard.type("Carer aware!")
    hr.choose("audience", "All staff")
    hr.write("Title", COURSE)
    hr.write("How many months is the course valid for? (optional)", "a year")
    hr.write("How many days do people have to complete it?", "0")
    hr.write_day((31, 4, site.day(0).year))
    hr.press("Add the course")
    hr.follow_the_error("Use lower-case letters, digits and single hyphens", "code")
    hr.write("Short name", "carer-aware")
    hr.press("Add the course")
    hr.follow_the_error("Enter a real date", "starts-day")
    hr.write_day(site.day(FIRST_DAY))
    hr.write("How many months is the course valid for? (optional)", "12")
    hr.press("Add the course")
    hr.sees("Success", "Recorded", "For all staff")


def _record_a_completion(hr: Visitor, site: Site) -> None:
    hr.open(ORGANISATION)
    hr.press("Find somebody’s training")
    hr.press("Find")
    hr.follow_the_error("Enter a staff number", "staff_number")
    hr.page.keyboard.type("X9")
    hr.press("Find")
    hr.follow_the_error("Nobody in your organisation has this staff number today", "staff_number")
    hr.write("Staff number", "C1")
    hr.press("Find")
    hr.sees("C1, Officer", "No completed courses")
    hr.press("Record a completion")
    hr.press("Record")
    hr.follow_the_error("Choose the course", "taken")
    hr.pick("Which course did they complete?", f"{COURSE}, version 1")
    hr.write_day(site.day(1))
    hr.press("Record")
    hr.follow_the_error("Choose how you know", "source")
    hr.page.keyboard.press("Space")
    hr.press("Record")
    hr.follow_the_error("The date must be", "completed_on-day")
    hr.write_day(site.day(COMPLETED))
    hr.press("Record")
    hr.sees("Success", "Completion recorded", f"{COURSE}, version 1", "The learning system")


def _record_the_policy(hr: Visitor, site: Site) -> None:
    hr.open(ORGANISATION)
    hr.sees("0 of 10 in place")
    hr.follow("Carers policy")
    hr.press("Record")
    hr.follow_the_error("Enter the day from which it is in place", "starts-day")
    hr.write_day(site.day(1), "When was it put in place?")
    hr.press("Record")
    hr.follow_the_error("Enter the post or team that looks after it", "owner")
    hr.page.keyboard.type("People team")
    hr.press("Record")
    hr.follow_the_error("The date must be", "starts-day")
    hr.write_day(site.day(0), "When was it put in place?")
    hr.press("Record")
    hr.sees("Success", "Recorded", "1 of 10 in place")


def _assess_an_area(hr: Visitor, site: Site) -> None:
    hr.follow("Assess your organisation under Carer Confident")
    hr.sees("0 of 5 areas have evidence under 12 months old")
    hr.press("Start now")
    hr.press("Save and continue")
    hr.follow_the_error("Choose how far this is so: Somebody senior", "score_lead_named")
    for name, words in (
        ("lead_named", "In place"),
        ("carers_known", "In place and reviewed"),
        ("plan_kept", "Not begun"),
    ):
        hr.choose(f"score_{name}", words)
    hr.write("What evidence do you have?", "The plan for carers")
    hr.write_day((30, 2, site.day(0).year))
    hr.press("Save and continue")
    hr.follow_the_error("Enter a real date", "evidence_on-day")
    hr.write_day(site.day(0))
    hr.press("Save and continue")
    hr.sees("Success", "Preparation saved", "Policy and guidance")
    hr.open("/accreditation/assessments/carer-confident")
    hr.sees("1 of 5 areas have evidence under 12 months old", "Preparation 5 of 9", "Carers policy", f"{COURSE}: 1 of")


def _record_the_award(hr: Visitor, site: Site) -> None:
    hr.open(ORGANISATION)
    hr.press("Record an award")
    hr.press("Continue")
    hr.follow_the_error("Choose the scheme", "scheme")
    hr.choose("scheme", "Carer Confident")
    hr.press("Continue")
    hr.write_day(site.day(0), "What is its first day?")
    hr.write_day(site.day(-1), "What is its last day? (optional)")
    hr.press("Record the award")
    hr.follow_the_error("Choose the level", "level")
    hr.choose("level", "Active")
    hr.press("Record the award")
    hr.follow_the_error("The last day is before the first day", "until-day")
    hr.write_day(site.day(60), "What is its last day? (optional)")
    hr.press("Record the award")
    hr.sees("Success", "Award recorded", "Carer Confident: your organisation’s level is Active")
    hr.sees("The Carer Confident award ends on")


def _told(lines: dict[str, str], words: str) -> str:
    """What the one line says whose name has these words."""
    (found,) = (told for name, told in lines.items() if words in name)
    return found
