"""In the demonstration: one person for each role to begin with, and another role with one click from every page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from shared.runtime.directory import DirectoryOrganisation, Persona
from shared.runtime.world_record import READY, Default, WorldRecord
from tests.shared.web.fakes import CARER, FRIDAY, HR, MANAGER, PAYROLL, MemoryWiring
from tests.web_client import SampleSettings, WebClient, web_client

ORGANISATIONS = {"acas": "Acas", "centre": "Central team", "dft": "Department for Transport"}


class Cast:
    """Two departments and the centre; in the first nobody but a carer works."""

    def organisations(self) -> Sequence[DirectoryOrganisation]:
        kinds = {"centre": "centre"}
        return [
            DirectoryOrganisation(slug, name, kinds.get(slug, "department")) for slug, name in ORGANISATIONS.items()
        ]

    def personas(self, organisation: str, named: Mapping[str, Sequence[str]]) -> Sequence[Persona]:
        people = {
            "acas": [("Carer", (), "11111111-0000-4000-8000-000000000000", "Ann")],
            "dft": [
                ("Carer", (), CARER.person, "Amina Osei"),
                ("Line manager", (), MANAGER.person, "Ben Hart"),
                ("HR", ("hr",), HR.person, "Cy Lowe"),
            ],
            "centre": [("Statistics", ("statistics",), PAYROLL.person, "Jo Reid")],
        }
        return [
            Persona(each, name, "T1", "Post", organisation, ORGANISATIONS[organisation], role, roles)
            for role, roles, person, name in people.get(organisation, [])
            for each in named.get(role, [person])
        ]

    def names_for(self, actor: object, persons: object) -> Mapping[str, str]:
        return {CARER.person: "Amina Osei", HR.person: "Cy Lowe"}


@pytest.fixture
def client(settings: SampleSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WebClient:
    """Nobody, in front of an app whose directory has three organisations."""
    monkeypatch.setattr("shared.web.app.keeper_of_names", lambda: "errands")
    wiring = MemoryWiring(directory=Cast())
    return web_client({"errands": wiring}, clock=wiring.clock, settings=replace(settings, keys_folder=tmp_path))


def write_defaults(tmp_path: Path, *defaults: Default) -> None:
    """What the maker of a world leaves behind."""
    WorldRecord(READY, defaults=defaults).write(tmp_path)


def test_without_a_world_everybody_offered_is_of_the_organisation_with_most_roles(client: WebClient) -> None:
    page = client.text("/")
    assert "Carer: Amina Osei , Department for Transport Can ask for leave and see how many days are left" in page
    assert "Line manager: Ben Hart , Department for Transport Answers requests for leave" in page
    assert "Statistics: Jo Reid , Central team" in page
    assert "Ann" not in page
    assert "What is real here" not in page
    assert "Choose another organisation or person" in page


def test_default_persons_are_offered_with_what_they_have_to_do(client: WebClient, tmp_path: Path) -> None:
    write_defaults(
        tmp_path,
        Default("carer", "acas", "22222222-0000-4000-8000-000000000000", "has leave coming up"),
        Default("carer", "dft", "33333333-0000-4000-8000-000000000000", "has a passport"),
    )
    page = client.get("/").text
    assert "Has leave coming up" in page
    assert "What is real here and what is not" in page
    assert "has a passport" not in page.lower()
    assert 'name="person" value="22222222-0000-4000-8000-000000000000"' in page
    assert (
        client.post_form(
            "/sign-in", {"person": "22222222-0000-4000-8000-000000000000", "organisation": "acas", "role": "Carer"}
        ).status_code
        == 303
    )


def test_of_several_default_persons_the_first_is_offered_and_all_in_their_organisation(
    client: WebClient, tmp_path: Path
) -> None:
    write_defaults(
        tmp_path,
        Default("carer", "dft", "22222222-0000-4000-8000-000000000000", "has leave coming up"),
        Default("carer", "dft", "33333333-0000-4000-8000-000000000000", "has signed a passport"),
    )
    page = client.text("/")
    assert "Has leave coming up" in page
    assert "Has signed a passport" not in page
    page = client.text("/?organisation=dft")
    assert "Staff number T1. Has leave coming up" in page
    assert "Staff number T1. Has signed a passport" in page


def test_once_the_date_has_moved_nothing_is_said_that_was_true_of_another_day(
    client: WebClient, tmp_path: Path
) -> None:
    default = Default("carer", "dft", "22222222-0000-4000-8000-000000000000", "has leave coming up")
    for ends, stands in (("2026-03-12T11:00:00+00:00", False), (FRIDAY.isoformat(), True)):
        WorldRecord(READY, plan={"ends": ends}, defaults=[default]).write(tmp_path)
        pages = client.text("/") + client.text("/?organisation=dft")
        assert (pages.count("Has leave coming up") == 2) is stands
        assert ("Can ask for leave and see how many days are left" in pages) is not stands


def test_a_role_that_there_is_no_button_for_is_left_out(client: WebClient, tmp_path: Path) -> None:
    before = client.text("/")
    write_defaults(tmp_path, Default("king", "acas", CARER.person, "reigns"))
    assert client.text("/") == before


def test_one_changes_the_role_with_one_click_within_the_organisation(client: WebClient) -> None:
    carer = client.signed_in(CARER)
    page = carer.text("/errands/")
    assert "You are Amina Osei, a carer at Department for Transport . It is" in page
    assert "Be: Carer Be: Manager Be: HR" in page
    answer = carer.post_form("/become", {"role": "hr"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert "You are Cy Lowe, in HR at Department for Transport ." in carer.text("/")


@pytest.mark.parametrize(
    ("role", "where"), [("statistics", "Central team"), ("manager", "Department for Transport"), ("carer", "Acas")]
)
def test_a_role_that_there_is_not_here_is_taken_elsewhere(
    client: WebClient, tmp_path: Path, role: str, where: str
) -> None:
    write_defaults(tmp_path, Default("carer", "acas", "22222222-0000-4000-8000-000000000000", "has leave"))
    somebody = client.signed_in(replace(CARER, organisation="centre"))
    assert somebody.post_form("/become", {"role": role}).status_code == 303
    assert f"at {where} ." in somebody.text("/")


def test_the_default_person_of_ones_own_organisation_comes_first(client: WebClient, tmp_path: Path) -> None:
    write_defaults(
        tmp_path,
        Default("manager", "acas", "22222222-0000-4000-8000-000000000000", ""),
        Default("manager", "dft", HR.person, ""),
    )
    carer = client.signed_in(CARER)
    carer.post_form("/become", {"role": "manager"})
    assert "You are Cy Lowe, a line manager at Department for Transport" in carer.text("/")


def test_a_role_that_there_is_nowhere_is_refused(client: WebClient) -> None:
    carer = client.signed_in(CARER)
    for role in ("payroll", "king", ""):
        answer = carer.post_form("/become", {"role": role})
        assert answer.status_code == 422
        assert "There is nobody in this role" in answer.text


def test_nobody_changes_for_somebody_else(client: WebClient) -> None:
    carer = client.signed_in(CARER)
    assert carer.http.post("/become", data={"role": "hr"}).status_code == 403
    foreign = {"Origin": "https://elsewhere.example"}
    assert carer.http.post("/become", data={"role": "hr"} | carer.hidden(), headers=foreign).status_code == 403


def test_there_is_no_choice_outside_the_demonstration_or_from_elsewhere(
    client: WebClient, settings: SampleSettings
) -> None:
    carer = client.signed_in(CARER)
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    assert carer.http.post("/become", data={"role": "hr"} | carer.hidden(), environ_base=elsewhere).status_code == 404
    assert "Be: HR" not in carer.http.get("/errands/", environ_base=elsewhere).text
    wiring = MemoryWiring(directory=Cast())
    real = web_client({"errands": wiring}, clock=wiring.clock, settings=settings, demonstration=False)
    assert real.signed_in(CARER).post_form("/become", {"role": "hr"}).status_code == 404
    assert "Guided tour" not in real.signed_in(CARER).get("/errands/").text
