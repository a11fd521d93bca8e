"""Leave's API: who may, what comes back, what is refused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest

from services.leave.domain.commands import Forget
from shared.contracts import types
from shared.kernel.ids import new_id
from shared.web.actor import Actor
from tests.leave.builders import CARER, MANAGER
from tests.leave.rig import (
    CARER_ACTOR,
    MANAGER_ACTOR,
    ORGANISATION,
    PAYROLL_ACTOR,
    POST,
    STRANGER_ACTOR,
    Rig,
)
from tests.support import project
from tests.web_client import WebClient, routes_without_check

BODY = {"days": [{"date": "2026-03-13", "part": "am"}], "dependant": True, "care": True}
NOBODY = "00000000-0000-4000-8000-000000000000"


def given(client: WebClient, **changes: Any) -> str:
    answer = client.api("POST", "/api/leave/notices", json=BODY | changes)
    assert answer.status_code == 201, answer.json
    return str(answer.json["notice"])  # type: ignore[index]


def post(client: WebClient, path: str, json: Any = None, key: str | None = None) -> Any:
    return client.api("POST", f"/api/leave/{path}", json=json, key=key)


def get(client: WebClient, path: str) -> Any:
    return client.api("GET", f"/api/leave/{path}")


def test_the_story_over_the_api(rig: Rig, carer: WebClient, manager: WebClient, hr: WebClient) -> None:
    notice = given(carer)
    assert get(manager, "waiting").json["notices"][0]["notice"] == notice
    confirmed = post(manager, f"notices/{notice}/confirm")
    assert (confirmed.status_code, confirmed.json["state"]) == (200, "confirmed")
    rig.until(date(2026, 3, 14))
    corrected = post(hr, "days/correct", {"notice": notice, "date": "2026-03-13", "minutes": 0, "reason": "Worked"})
    assert (corrected.status_code, corrected.json["minutes"], corrected.json["windows_over"]) == (200, 0, [])
    shown = get(carer, f"notices/{notice}").json
    assert shown["days"][0]["state"] == "taken"
    assert (shown["days"][0]["minutes"], shown["days"][0]["reason"]) == (0, "Worked")
    assert get(carer, "balance").json["balances"][0]["left_minutes"] == 2220


def test_a_notice_is_answered_with_its_reasons(carer: WebClient) -> None:
    answer = post(carer, "notices", BODY).json
    assert (answer["state"], answer["late"], answer["deadline"]) == ("given", False, "2026-03-09")
    assert (answer["law"], answer["week_minutes"]) == ("great-britain-2024-04-06", 2220)
    assert answer["dates"][0]["counted_minutes"] == 222
    assert answer["position"] > 0


def test_a_repeated_click_gives_the_stored_answer(rig: Rig, carer: WebClient) -> None:
    first = post(carer, "notices", BODY, key="k1").json
    again = post(carer, "notices", BODY, key="k1").json
    assert again == first | {"repeated": True}
    other = post(carer, "notices", BODY | {"days": [{"date": "2026-03-16", "part": "am"}]}, key="k1")
    assert (other.status_code, other.json["code"]) == (422, "key-reused")
    assert len(rig.told(types.LEAVE_REQUESTED)) == 1


def test_fifty_clicks_at_once_with_one_key_are_one_notice(rig: Rig, carer: WebClient, web: WebClient) -> None:
    def click(_: int) -> tuple[int, str]:
        answer = web.signed_in(CARER_ACTOR).api("POST", "/api/leave/notices", json=BODY, key="k1")
        return answer.status_code, str((answer.json or {}).get("notice"))

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(click, range(50)))
    assert len(answers) == 1
    assert len(rig.told(types.LEAVE_REQUESTED)) == 1


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "#/days"),
        (BODY | {"days": []}, "#/days"),
        (BODY | {"days": [{"date": "2026-02-30", "part": "am"}]}, "#/days/0/date"),
        (BODY | {"days": [{"date": "2026-03-13", "part": "evening"}]}, "#/days/0/part"),
        (BODY | {"days": [{"date": "2026-03-13", "part": "am"}] * 61}, "#/days"),
        (BODY | {"diagnosis": "x"}, "#/diagnosis"),
        (BODY | {"employment": "mine"}, "#/employment"),
        (BODY | {"dependant": None}, "#/dependant"),
    ],
)
def test_what_makes_no_sense_is_pointed_to(rig: Rig, carer: WebClient, body: Any, pointer: str) -> None:
    answer = post(carer, "notices", body)
    assert answer.status_code == 422
    assert pointer in [each["pointer"] for each in answer.json["errors"]]
    assert rig.published() == []


def test_a_malformed_body_is_a_problem(carer: WebClient) -> None:
    answer = carer.api("POST", "/api/leave/notices", body=b'{"days": [}')
    assert answer.status_code in (400, 422)
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (BODY | {"care": False}, "declaration-incomplete"),
        (BODY | {"days": [{"date": "2026-03-14", "part": "whole"}]}, "no-working-time"),
        (BODY | {"days": [{"date": "2026-02-27", "part": "whole"}]}, "day-has-begun"),
        (BODY | {"days": [{"date": "2026-03-13", "part": "half"}]}, "part-not-offered"),
        (BODY | {"employment": NOBODY}, "not-employed"),
    ],
)
def test_a_refusal_says_which_rule_and_what_to_do(carer: WebClient, body: Any, code: str) -> None:
    answer = post(carer, "notices", body)
    assert (answer.status_code, answer.json["code"]) == (409, code)
    assert len(answer.json["detail"]) > 40


def test_more_than_the_week_is_answered_date_by_date(carer: WebClient) -> None:
    days = [{"date": (date(2026, 3, 9) + timedelta(days=offset)).isoformat(), "part": "whole"} for offset in range(8)]
    answer = post(carer, "notices", BODY | {"days": days})
    assert (answer.status_code, answer.json["code"]) == (409, "does-not-fit")
    told = {each["date"]: each for each in answer.json["data"]["dates"]}
    assert told["2026-03-13"]["state"] == "fits"
    assert told["2026-03-14"]["state"] == "no-working-time"
    assert told["2026-03-16"]["back_on"] == "2027-03-09"


def test_what_if_stores_nothing(rig: Rig, carer: WebClient) -> None:
    answer = get(carer, "what-if?first=2026-03-09&last=2026-03-16&part=whole").json
    assert not answer["fits"]
    assert len(answer["dates"]) == 8
    assert get(carer, "what-if?first=2026-03-09").json["fits"]
    assert get(carer, "what-if?first=2026-03-09&last=2026-03-08").status_code == 422
    assert get(carer, "what-if?first=2026-03-09&last=2027-03-08").status_code == 422
    assert rig.published() == []


def test_days_are_given_back_one_by_one_or_all(carer: WebClient) -> None:
    days = [{"date": "2026-03-13", "part": "am"}, {"date": "2026-03-16", "part": "whole"}]
    notice = given(carer, days=days)
    some = post(carer, f"notices/{notice}/withdraw", {"dates": ["2026-03-16"]})
    assert (some.json["dates"], some.json["state"]) == (["2026-03-16"], "given")
    assert post(carer, f"notices/{notice}/withdraw", {}).json["state"] == "withdrawn"
    assert post(carer, f"notices/{notice}/withdraw", {}).json["code"] == "nothing-to-withdraw"


def test_a_late_notice_is_accepted_by_the_manager(rig: Rig, carer: WebClient, manager: WebClient) -> None:
    rig.days_later(10)
    notice = given(carer)
    assert get(manager, "waiting").json["notices"][0]["late"]
    assert post(manager, f"notices/{notice}/confirm").json["code"] == "waive-first"
    assert post(manager, f"notices/{notice}/waive").json["state"] == "confirmed"
    assert get(manager, "waiting").json["notices"] == []


def test_the_manager_sees_dates_and_state_and_nothing_else(carer: WebClient, manager: WebClient) -> None:
    notice = given(carer)
    seen = get(manager, f"notices/{notice}").json
    assert seen["dates"] == [{"date": "2026-03-13", "part": "am", "state": "booked", "shown": "Not confirmed yet"}]
    assert not set(seen) & {"person", "days", "week_minutes", "law", "latest_notice", "calendar", "pay"}


def test_payroll_sees_dates_and_the_pay_rule(carer: WebClient, web: WebClient) -> None:
    notice = given(carer)
    seen = get(web.signed_in(PAYROLL_ACTOR), f"notices/{notice}").json
    assert seen["pay"] == "unpaid"
    assert not set(seen) & {"days", "week_minutes", "late", "deadline"}


def test_hr_sees_all_of_its_organisation(carer: WebClient, hr: WebClient) -> None:
    given(carer)
    (seen,) = get(hr, f"notices?person={CARER}").json["notices"]
    assert seen["week_minutes"] == 2220
    assert get(hr, "waiting?of=organisation").json["notices"][0]["notice"] == seen["notice"]
    assert get(hr, f"balance?person={CARER}").json["balances"][0]["booked_minutes"] == 222


def test_a_new_manager_decides_at_once_and_the_old_one_no_longer(
    rig: Rig, carer: WebClient, manager: WebClient, web: WebClient
) -> None:
    notice = given(carer)
    rig.employ(CARER, kind=types.EMPLOYMENT_CHANGED, effective_from=date(2026, 3, 2), manager=PAYROLL_ACTOR.person)
    assert get(manager, f"notices/{notice}").status_code == 404
    assert get(manager, "waiting").json["notices"] == []
    assert post(web.signed_in(PAYROLL_ACTOR), f"notices/{notice}/confirm").status_code == 200


def test_nobody_decides_their_own_whatever_their_role(rig: Rig, web: WebClient) -> None:
    for roles in ({"carer"}, {"carer", "hr"}, {"carer", "hr", "payroll"}):
        me = web.signed_in(Actor(CARER, ORGANISATION, frozenset(roles)))
        notice = given(me)
        assert post(me, f"notices/{notice}/confirm").status_code == 404
        assert post(me, f"notices/{notice}/waive").status_code == 404
        assert post(me, "days/correct", correction(notice)).status_code in (403, 404)
        assert get(me, "waiting?of=organisation").json.get("notices", []) == []
        post(me, f"notices/{notice}/withdraw", {})
    assert len(rig.told(types.LEAVE_CONFIRMED)) == 0


def correction(notice: str) -> dict[str, Any]:
    return {"notice": notice, "date": "2026-03-13", "minutes": 0, "reason": "Worked"}


NOT_THERE_ROUTES = [
    ("GET", "notices/{}", None),
    ("POST", "notices/{}/confirm", None),
    ("POST", "notices/{}/waive", None),
    ("POST", "days/correct", correction("{}")),
]


@pytest.mark.parametrize(("method", "path", "body"), NOT_THERE_ROUTES)
def test_another_organisations_notice_answers_like_one_that_is_not_there(
    carer: WebClient, web: WebClient, method: str, path: str, body: Any
) -> None:
    notice = given(carer)
    stranger = web.signed_in(STRANGER_ACTOR)
    answers = []
    for which in (notice, str(new_id())):
        json = {**body, "notice": which} if body else None
        answer = stranger.api(method, "/api/leave/" + path.format(which), json=json)
        answers.append((answer.status_code, (answer.json or {})["code"], (answer.json or {})["detail"]))
    assert answers[0] == answers[1]
    assert answers[0][:2] == (404, "not-found")


@pytest.mark.parametrize("path", ["notices?person={}", "balance?person={}"])
def test_another_organisations_person_answers_like_nobody(web: WebClient, path: str) -> None:
    stranger = web.signed_in(STRANGER_ACTOR)
    theirs, nobodys = get(stranger, path.format(CARER)), get(stranger, path.format(NOBODY))
    assert theirs.status_code == nobodys.status_code == 404
    assert theirs.json["detail"] == nobodys.json["detail"]


@pytest.mark.parametrize(
    ("role", "action", "status"),
    [
        ("carer", "notices", 404),
        ("carer", "balance", 404),
        ("carer", "waiting", 404),
        ("payroll", "notices", 200),
        ("payroll", "balance", 403),
        ("payroll", "correct", 403),
        ("hr", "notices", 200),
        ("hr", "balance", 200),
        ("hr", "waiting", 200),
        ("statistics", "notices", 403),
        ("operator", "notices", 403),
    ],
)
def test_the_matrix_for_somebody_elses_leave_in_the_same_organisation(
    carer: WebClient, web: WebClient, role: str, action: str, status: int
) -> None:
    notice = given(carer)
    somebody = web.signed_in(Actor(NOBODY, ORGANISATION, frozenset({role})))
    paths = {
        "notices": f"notices?person={CARER}",
        "balance": f"balance?person={CARER}",
        "waiting": "waiting?of=organisation",
    }
    answer = post(somebody, "days/correct", correction(notice)) if action == "correct" else get(somebody, paths[action])
    assert answer.status_code == status


def test_an_erased_reason_reads_as_nothing(rig: Rig, carer: WebClient, hr: WebClient) -> None:
    notice = given(carer)
    rig.until(date(2026, 3, 14))
    post(hr, "days/correct", correction(notice))
    rig.application.keys.destroy(CARER)
    assert get(carer, f"notices/{notice}").json["days"][0]["reason"] == ""
    rig.run(Forget(CARER, ORGANISATION, by="system"))
    assert get(hr, f"notices/{notice}").status_code == 404
    answer = post(carer, "notices", BODY)
    assert (answer.status_code, answer.json["code"]) == (410, "erased")


def test_a_post_where_the_law_does_not_reach_has_no_balance_and_says_why(rig: Rig, web: WebClient) -> None:
    rig.employ(MANAGER, nation="northern-ireland")
    (balance,) = get(web.signed_in(MANAGER_ACTOR), "balance").json["balances"]
    assert balance["refused"] == "not-applicable"
    assert "own scheme" in balance["sentence"]


def test_a_day_is_exchanged_for_another_in_one_request(rig: Rig, carer: WebClient) -> None:
    rig.give(*(date(2027, 1, day) for day in range(4, 9)))
    wanted = {"days": [{"date": "2026-12-01", "part": "am"}]}
    refused = post(carer, "notices", BODY | wanted)
    assert (refused.status_code, refused.json["code"]) == (409, "does-not-fit")
    assert refused.json["data"]["dates"][0]["fits_if"] == {"date": "2027-01-08", "give_up_minutes": 222}
    asked = get(carer, "what-if?first=2026-12-01&part=am")
    assert not asked.json["fits"]
    assert get(carer, "what-if?first=2026-12-01&part=am&give_back=2027-01-08").json["fits"]
    given(carer, **wanted, give_back=["2027-01-08"])
    assert rig.told(types.LEAVE_WITHDRAWN)[0]["dates"] == ["2027-01-08"]
    again = post(carer, "notices", BODY | {"give_back": ["2027-01-08"]})
    assert (again.status_code, again.json["code"]) == (409, "no-leave-there")


def test_a_late_request_gives_nothing_back(rig: Rig, carer: WebClient) -> None:
    rig.give(*(date(2027, 1, day) for day in range(4, 9)))
    rig.until(date(2026, 11, 30))
    wanted = {"days": [{"date": "2026-12-01", "part": "am"}], "give_back": ["2027-01-08"]}
    for answer in (
        post(carer, "notices", BODY | wanted),
        get(carer, "what-if?first=2026-12-01&part=am&give_back=2027-01-08"),
    ):
        assert (answer.status_code, answer.json["code"]) == (409, "late-exchange")
        assert "from Thursday 3 December 2026, for which you are in time" in answer.json["detail"]
    assert rig.told(types.LEAVE_WITHDRAWN) == []


def test_a_notice_given_before_the_lists_follow_is_waited_for(rig: Rig, web: WebClient) -> None:
    rig.application.on_stored = lambda: None
    carer = web.signed_in(CARER_ACTOR)
    notice = given(carer)
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(lambda: get(web.signed_in(CARER_ACTOR), f"notices/{notice}"))
        project(rig.wiring)
        assert answer.result().status_code == 200


def test_a_notice_is_shown_while_the_worker_stands_still(rig: Rig, web: WebClient) -> None:
    rig.application.on_stored = lambda: None
    carer = web.signed_in(CARER_ACTOR)
    notice = given(carer)
    assert post(carer, f"notices/{notice}/withdraw", {"dates": []}).status_code == 200
    shown = get(carer, f"notices/{notice}")
    assert (shown.status_code, shown.json["state"]) == (200, "withdrawn")
    assert get(carer, "notices").json["notices"] == []
    assert get(web.signed_in(STRANGER_ACTOR), f"notices/{notice}").status_code == 404
    project(rig.wiring)
    assert get(carer, f"notices/{notice}").json == shown.json


def test_nobody_is_told_that_a_notice_is_missing_while_the_lists_are_far_behind(rig: Rig, web: WebClient) -> None:
    rig.application.on_stored = lambda: None
    given(web.signed_in(CARER_ACTOR))
    answer = get(web.signed_in(CARER_ACTOR), f"notices/{NOBODY}")
    assert (answer.status_code, answer.json["code"]) == (503, "unavailable")
    project(rig.wiring)
    assert get(web.signed_in(CARER_ACTOR), f"notices/{NOBODY}").status_code == 404


def test_who_has_two_posts_names_one(rig: Rig, carer: WebClient) -> None:
    second = str(new_id())
    rig.employ(CARER, employment=second)
    assert post(carer, "notices", BODY).json["code"] == "which-post"
    assert post(carer, "notices", BODY | {"employment": POST}).status_code == 201


def test_every_route_checks_who_asks(web: WebClient) -> None:
    assert routes_without_check(web.app) == []


POSTPONEMENT = {
    "days": [{"date": "2026-03-16", "part": "pm"}],
    "consulted": True,
    "consulted_on": "2026-03-02",
    "agreed": False,
    "reason": "Audit in that week",
}


def test_a_manager_asks_whether_and_postpones(rig: Rig, carer: WebClient, manager: WebClient, hr: WebClient) -> None:
    notice = given(carer)
    told = get(manager, f"notices/{notice}/postponement").json
    assert (told["possible"], told["last_day"], told["last_start"]) == (True, "2026-03-09", "2026-04-13")
    assert {"date": "2026-03-16", "part": "pm"} in told["dates"][0]["days"]
    answer = post(manager, f"notices/{notice}/postpone", POSTPONEMENT)
    assert (answer.status_code, answer.json["state"], answer.json["days"]) == (200, "confirmed", POSTPONEMENT["days"])
    shown = get(carer, f"notices/{notice}").json
    assert [(day["date"], day["state"], day["is_new"]) for day in shown["days"]] == [
        ("2026-03-13", "postponed", False),
        ("2026-03-16", "booked", True),
    ]
    for reader in (carer, manager, hr):
        seen = get(reader, f"notices/{notice}").json
        assert (seen["reason"], seen["agreed"], seen["lawful"]) == ("Audit in that week", False, True)
    told = get(manager, f"notices/{notice}/postponement").json
    assert (told["possible"], told["dates"]) == (False, [])
    assert "can only be postponed once" in told["sentence"]


def test_payroll_sees_no_reason_of_a_postponement(rig: Rig, carer: WebClient, web: WebClient) -> None:
    notice = given(carer)
    rig.postpone(rig.give(date(2026, 3, 20)).data["notice"], date(2026, 3, 23))
    seen = get(web.signed_in(PAYROLL_ACTOR), f"notices/{notice}").json
    assert not {"reason", "agreed", "consulted_on", "lawful"} & seen.keys()


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"consulted": False}, "#/consulted"),
        ({"consulted_on": None}, "#/consulted_on"),
        ({"agreed": None}, "#/agreed"),
        ({"reason": " "}, "#/reason"),
        ({"reason": "x" * 501}, "#/reason"),
        ({"days": []}, "#/days"),
        ({"diagnosis": "x"}, "#/diagnosis"),
    ],
)
def test_a_postponement_that_makes_no_sense_is_pointed_to(
    rig: Rig, carer: WebClient, manager: WebClient, changes: Any, pointer: str
) -> None:
    answer = post(manager, f"notices/{given(carer)}/postpone", POSTPONEMENT | changes)
    assert answer.status_code == 422
    assert pointer in [each["pointer"] for each in answer.json["errors"]]
    assert rig.told(types.LEAVE_POSTPONED) == []


def test_a_postponement_against_a_rule_is_refused_with_its_code(carer: WebClient, manager: WebClient) -> None:
    notice = given(carer)
    for changes, code in (
        ({"days": [{"date": "2026-03-16", "part": "whole"}]}, "other-minutes"),
        ({"days": [{"date": "2026-04-14", "part": "am"}]}, "outside-the-month"),
        ({"dates": ["2026-03-16"]}, "not-in-notice"),
        ({"consulted_on": "2026-03-01"}, "not-consulted"),
    ):
        answer = post(manager, f"notices/{notice}/postpone", POSTPONEMENT | changes)
        assert (answer.status_code, answer.json["code"]) == (409, code)


def test_a_late_notice_is_not_waived_and_moved_over_the_api(rig: Rig, carer: WebClient, manager: WebClient) -> None:
    rig.days_later(9)
    notice = given(carer)
    answer = post(manager, f"notices/{notice}/not-waive", {"reason": "The desk is not covered"})
    assert (answer.status_code, answer.json["state"], answer.json["in_time_from"]) == (200, "not-waived", "2026-03-14")
    seen = get(carer, f"notices/{notice}").json
    assert (seen["state"], seen["reason"]) == ("not-waived", "The desk is not covered")
    moved = post(carer, f"notices/{notice}/move")
    assert (moved.status_code, moved.json["late"], moved.json["dates"][0]["date"]) == (201, False, "2026-03-16")
    new = get(carer, f"notices/{moved.json['notice']}").json
    assert (new["given_at"], new["state"]) == (seen["given_at"], "given")
    assert get(carer, f"notices/{notice}").json["moved_to"] == moved.json["notice"]


@pytest.mark.parametrize("action", ["postpone", "not-waive", "move"])
def test_what_is_decided_is_the_managers_and_the_move_the_carers(
    rig: Rig, carer: WebClient, manager: WebClient, web: WebClient, action: str
) -> None:
    rig.days_later(9)
    notice = given(carer)
    body = {"postpone": POSTPONEMENT, "not-waive": {"reason": "why"}, "move": None}[action]
    wrong = manager if action == "move" else carer
    assert post(wrong, f"notices/{notice}/{action}", body).status_code == 404
    assert post(web.signed_in(STRANGER_ACTOR), f"notices/{notice}/{action}", body).status_code == 404
    assert post(web.signed_in(PAYROLL_ACTOR), f"notices/{notice}/{action}", body).status_code == 404
