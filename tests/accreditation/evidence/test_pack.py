"""The evidence pack: whole, the same bytes for the same records and day, safe to open, and without a person."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date
from typing import Any

import pytest

from services.accreditation.domain.commands import AssessArea, VacateChampion
from tests.accreditation.builders import CARER, FIRST, HR, MANAGER, ORGANISATION
from tests.accreditation.rig import CARER_ACTOR, HR_ACTOR, SISTER, STRANGER_ACTOR, Rig
from tests.support import project
from tests.web_client import WebClient, web_client

PACK = "/api/accreditation/assessments/carer-confident/evidence"
HOSTILE = '=HYPERLINK("http://example.org")<script>alert(1)</script>\n@SUM(A1)'


@pytest.fixture
def web(rig: Rig) -> WebClient:
    """The app over a rig with something of everything."""
    rig.application.on_stored = lambda: project(rig.wiring)
    rig.course(audience="line-managers")
    rig.complete(MANAGER)
    rig.put_in_place("carers-policy", owner="Policy team", evidence="intranet.example/carers")
    rig.put_in_place("carers-champion", owner="Director of Policy")
    rig.run(VacateChampion(ORGANISATION, date(2026, 2, 1), HR))
    rig.award(FIRST, None, SISTER)
    scores = {"lead-named": 3, "carers-known": 1, "plan-kept": 2}
    rig.run(AssessArea(ORGANISATION, "carer-confident", "preparation", scores, HOSTILE, date(2026, 2, 3), HR))
    return web_client({"accreditation": rig.wiring}, clock=rig.clock)


def pack(client: WebClient, path: str = PACK) -> dict[str, bytes]:
    """The files of a pack by name."""
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def table(client: WebClient) -> list[dict[str, Any]]:
    """The rows of the pack's CSV."""
    return list(csv.DictReader(io.StringIO(pack(client)["evidence.csv"].decode(), newline="")))


def test_the_pack_tells_areas_provisions_training_and_awards_as_at_the_day(web: WebClient) -> None:
    data = json.loads(pack(web.signed_in(HR_ACTOR))["evidence.json"])
    assert (data["as_at"], data["ready"], data["organisation_name"]) == ("2026-03-02", 1, "Ministry of works")
    area = data["areas"][0]
    assert (area["reached"], area["most"], area["evidence_on"], area["fresh"]) == (6, 9, "2026-02-03", True)
    assert [each["score_words"] for each in area["criteria"]] == ["In place and reviewed", "Begun", "In place"]
    policy, champion = data["provisions"]
    assert (policy["looked_after_by"], policy["starts"]) == ("Policy team", "2025-01-01")
    assert (champion["state"], champion["vacant_since"], champion["counts_until"]) == (
        "vacant",
        "2026-02-01",
        "2026-05-02",
    )
    (course,) = data["training"]
    assert (course["numerator"], course["denominator"], course["audience"]) == (1, 1, "Line managers")
    (award,) = data["awards"]
    assert (award["level_name"], award["state"], award["last_day"]) == ("Active", "held", "2027-12-31")
    assert award["covers"] == ["Ministry of works", "Works agency"]


def test_live_figures_stand_beside_the_areas_that_they_support(web: WebClient) -> None:
    areas = json.loads(pack(web.signed_in(HR_ACTOR))["evidence.json"])["areas"]
    assert areas[0]["in_place"] == ["Carers’ Champion (vacant)"]
    assert areas[1]["in_place"] == ["Carers policy"]
    assert [len(area["training"]) for area in areas] == [0, 0, 0, 0, 1]


def test_the_same_records_on_the_same_day_give_the_same_bytes(rig: Rig, web: WebClient) -> None:
    hr = web.signed_in(HR_ACTOR)
    first = hr.get(PACK)
    assert first.data == hr.get(PACK).data
    assert 'filename="carer-confident-evidence-2026-03-02.zip"' in first.headers["Content-Disposition"]
    rig.days_later(1)
    assert web.signed_in(HR_ACTOR).get(PACK).data != first.data


def test_no_cell_is_a_formula_and_no_text_is_markup(web: WebClient) -> None:
    hr = web.signed_in(HR_ACTOR)
    texts = [row["text"] for row in table(hr) if row["part"] == "area"]
    assert texts[0] == f"'{HOSTILE}"
    page = pack(hr)["evidence.html"].decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert not any(outside in page for outside in ("src=", "href=", "url(", "@import"))


def test_no_person_is_in_the_pack(web: WebClient) -> None:
    whole = b"".join(pack(web.signed_in(HR_ACTOR)).values()).decode()
    assert not any(person in whole or f"S{person[:4]}" in whole for person in (CARER, MANAGER, HR))


def test_the_page_has_the_evidence_to_read(web: WebClient) -> None:
    page = pack(web.signed_in(HR_ACTOR))["evidence.html"].decode()
    for words in ("2 March 2026", "Score 6 of 9", "Policy team", "1 of 1 (100%)", "31 December 2027"):
        assert words in page


def test_a_pack_of_nothing_says_so(web: WebClient) -> None:
    page = pack(web.signed_in(STRANGER_ACTOR))["evidence.html"].decode()
    for words in ("Not looked at", "Nothing is recorded", "No course is recorded", "No award is recorded"):
        assert words in page
    assert "Policy team" not in page


def test_the_pack_is_for_hr_alone(web: WebClient) -> None:
    assert web.signed_in(CARER_ACTOR).get(PACK).status_code in (403, 404)
    assert web.signed_in(HR_ACTOR).get(PACK.replace("carer-confident", "none-such")).status_code == 404


def test_the_assessment_leads_to_the_pack(web: WebClient) -> None:
    assert f'href="{PACK}"' in web.signed_in(HR_ACTOR).get("/accreditation/assessments/carer-confident").text


def test_an_area_not_looked_at_begins_with_what_the_records_show(web: WebClient) -> None:
    hr = web.signed_in(HR_ACTOR)
    path = "/accreditation/assessments/carer-confident/policy-and-guidance"
    area = hr.text(path)
    assert "As at 2 March 2026: Carers policy: in place since 1 January 2025." in area
    assert "Not in place: Special leave guidance, Line manager toolkit" in area
    assert 'value="2026"' in hr.get(path).text
