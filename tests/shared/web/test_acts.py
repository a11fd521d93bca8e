"""An act: one declaration, from which the API's route and the page's form come, with one way to be let in."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask, g

from shared.kernel.errors import ConflictError, InvalidError, NotFoundError, RefusedError
from shared.web.acts import Act, Admitted
from shared.web.commands import KeyMissingError
from shared.web.forms import Form
from tests.shared.web.errands.commands import Write
from tests.shared.web.errands.web.acts import WRITE
from tests.shared.web.errands.web.schemas import WriteSchema, WrittenSchema
from tests.shared.web.fakes import CARER, PAYROLL, MemoryWiring
from tests.web_client import WebClient

FRIDAY, SATURDAY = date(2026, 3, 13), date(2026, 3, 14)


def _told(error: Exception, **changes: object) -> Form:
    act = Act(**{**vars(WRITE), "error_fields": {"too-far": "note"}, "refusal_field": None, **changes})  # type: ignore[arg-type]
    form = Form(WriteSchema(), {})
    form.errors.clear()
    act.told(form, error)  # type: ignore[arg-type]
    return form


def test_page_and_api_give_the_same_command(carer: WebClient, wiring: MemoryWiring) -> None:
    carer.api("POST", "/api/errands/errands", json={"day": "2026-03-13", "part": "am"})
    carer.post_form("/errands/new", {"day": FRIDAY, "part": "am"})
    assert wiring.application.done == [Write(FRIDAY, "am", CARER.person)] * 2


def test_whoever_is_not_let_does_nothing_by_page_or_api(client: WebClient, wiring: MemoryWiring) -> None:
    stranger = client.signed_in(PAYROLL)
    assert stranger.api("POST", "/api/errands/errands", json={"day": "2026-03-13", "part": "am"}).status_code == 403
    assert stranger.post_form("/errands/new", {"day": FRIDAY, "part": "am"}).status_code == 403
    assert wiring.application.done == []


def test_a_page_leads_on_and_waits_there(carer: WebClient) -> None:
    answer = carer.post_form("/errands/new", {"day": FRIDAY, "part": "am"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/errands/")
    assert "Your errand is written down" in carer.text("/errands/")


def test_a_refusal_is_told_beside_its_field_and_nothing_typed_is_lost(carer: WebClient) -> None:
    answer = carer.post_form("/errands/new", {"day": SATURDAY, "part": "am"})
    assert answer.status_code == 422
    assert 'href="#day-day"' in answer.text
    assert 'value="14"' in answer.text


def test_an_error_names_its_own_field_first_then_the_act_does_by_its_code() -> None:
    assert _told(RefusedError("No.", code="too-far", field="part")).errors == {"part": ["No."]}
    assert _told(RefusedError("No.", code="too-far")).errors == {"note": ["No."]}
    assert _told(InvalidError("No.", code="too-far")).errors == {"note": ["No."]}
    assert _told(NotFoundError("No.", code="too-far")).errors == {"note": ["No."]}


def test_a_refusal_that_nobody_names_is_told_of_the_form_or_where_the_act_says() -> None:
    assert _told(RefusedError("No.", code="unknown", field="colour")).general == ["No."]
    assert _told(RefusedError("No.", code="unknown"), refusal_field="day").errors == {"day": ["No."]}


@pytest.mark.parametrize(
    "error",
    [KeyMissingError("Send one."), InvalidError("No."), NotFoundError("No."), ConflictError("No.")],
    ids=lambda error: type(error).__name__,
)
def test_what_is_not_about_an_answer_is_never_a_forms_error(error: Exception) -> None:
    with pytest.raises(type(error)):
        _told(error, refusal_field="day")


def test_a_page_may_ask_more_than_the_act_takes_and_its_address_says_the_rest() -> None:
    seen: list[object] = []

    def make(_: object, subject: str, given: object) -> object:
        seen.append((subject, given))
        raise RefusedError("Enough.")

    act = Act(
        name="write",
        about="",
        schema=WriteSchema,
        answer=WrittenSchema,
        admit=lambda _actor, *, errand: errand.upper(),
        make=make,
    )
    app = Flask("acts")
    with app.test_request_context("/", method="POST", data={"part": "am"}):
        g.actor = CARER
        let = act.let(errand="e1")
        assert isinstance(let, Admitted)
        form = act.form("day")
        assert form.valid
        form.data["understood"] = True
        assert act.submit(form, let, ("/", "Done"), day=FRIDAY) is None
        assert form.general == ["Enough."]
    given = {"urgent": False, "part": "am", "day": FRIDAY, "errand": "e1"}
    assert seen == [("E1", given)]
