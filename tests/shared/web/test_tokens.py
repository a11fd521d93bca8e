"""Tokens: valid for one purpose, one audience, one deployment and a time."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt

from shared.kernel.errors import UnauthenticatedError
from shared.web.keys import SigningKeys, load_keys
from shared.web.tokens import (
    SERVICE_SECONDS,
    SESSION_SECONDS,
    issue_service_token,
    issue_session,
    verify_service_token,
    verify_session,
)
from tests.shared.web.fakes import CARER, HR
from tests.web_client import SampleSettings

NOW = 1_800_000_000.0


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> SigningKeys:
    return load_keys(SampleSettings(keys_folder=tmp_path_factory.mktemp("keys")))


def signed(keys: SigningKeys, claims: dict[str, object], typ: str = "carers-session+jwt") -> str:
    key = keys.sign_in.signing()
    return jwt.encode({"alg": "ES256", "typ": typ, "kid": key.thumbprint()}, claims, key, ["ES256"])


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def test_a_session_says_who_where_and_with_which_roles(keys: SigningKeys) -> None:
    token = issue_session(keys, CARER, instance="test", now=NOW)
    assert verify_session(keys, token, instance="test", now=NOW) == CARER


def test_a_session_ends_after_a_working_day(keys: SigningKeys) -> None:
    token = issue_session(keys, CARER, instance="test", now=NOW)
    verify_session(keys, token, instance="test", now=NOW + SESSION_SECONDS - 1)
    with pytest.raises(UnauthenticatedError):
        verify_session(keys, token, instance="test", now=NOW + SESSION_SECONDS + 10)


def test_another_deployments_session_is_refused(keys: SigningKeys) -> None:
    token = issue_session(keys, CARER, instance="elsewhere", now=NOW)
    with pytest.raises(UnauthenticatedError):
        verify_session(keys, token, instance="test", now=NOW)


def test_a_session_signed_with_another_key_is_refused(keys: SigningKeys, tmp_path: Path) -> None:
    other = load_keys(SampleSettings(keys_folder=tmp_path))
    with pytest.raises(UnauthenticatedError):
        verify_session(keys, issue_session(other, CARER, instance="test", now=NOW), instance="test", now=NOW)


def test_a_token_without_signature_is_refused(keys: SigningKeys) -> None:
    claims = {
        "sub": "x",
        "org": "dft",
        "roles": ["hr"],
        "iss": "test",
        "aud": "carers-web",
        "iat": NOW,
        "exp": NOW + 60,
    }
    kid = keys.sign_in.signing().thumbprint()
    for algorithm in ("none", "None", "NONE"):
        token = f"{part({'alg': algorithm, 'typ': 'carers-session+jwt', 'kid': kid})}.{part(claims)}."
        with pytest.raises(UnauthenticatedError):
            verify_session(keys, token, instance="test", now=NOW)


def test_the_public_key_is_no_secret_for_another_algorithm(keys: SigningKeys) -> None:
    public = keys.sign_in.public[0]
    claims = {"sub": "x", "org": "d", "roles": ["hr"], "iss": "test", "aud": "carers-web", "iat": NOW, "exp": NOW + 60}
    header = {"alg": "HS256", "typ": "carers-session+jwt", "kid": public.thumbprint()}
    signed_part = f"{part(header)}.{part(claims)}"
    mac = hmac.new(public.as_pem(private=False), signed_part.encode(), hashlib.sha256).digest()
    signature = base64.urlsafe_b64encode(mac).decode().rstrip("=")
    with pytest.raises(UnauthenticatedError):
        verify_session(keys, f"{signed_part}.{signature}", instance="test", now=NOW)


@pytest.mark.parametrize("missing", ["exp", "aud", "iss", "sub", "org", "roles"])
def test_a_session_that_says_too_little_is_refused(keys: SigningKeys, missing: str) -> None:
    claims = {"sub": "x", "org": "dft", "roles": [], "iss": "test", "aud": "carers-web", "iat": NOW, "exp": NOW + 60}
    verify_session(keys, signed(keys, claims), instance="test", now=NOW)
    del claims[missing]
    with pytest.raises(UnauthenticatedError):
        verify_session(keys, signed(keys, claims), instance="test", now=NOW)


def test_a_role_that_does_not_exist_is_refused(keys: SigningKeys) -> None:
    claims = {
        "sub": "x",
        "org": "d",
        "roles": ["root"],
        "iss": "test",
        "aud": "carers-web",
        "iat": NOW,
        "exp": NOW + 60,
    }
    with pytest.raises(UnauthenticatedError):
        verify_session(keys, signed(keys, claims), instance="test", now=NOW)


def test_changing_a_claim_breaks_the_signature(keys: SigningKeys) -> None:
    header, body, signature = issue_session(keys, CARER, instance="test", now=NOW).split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    claims["roles"] = ["hr"]
    with pytest.raises(UnauthenticatedError):
        verify_session(keys, f"{header}.{part(claims)}.{signature}", instance="test", now=NOW)


def test_a_service_token_is_for_its_audience_alone(keys: SigningKeys) -> None:
    token = issue_service_token(keys, subscription="payroll.leave", audience="leave", instance="test", now=NOW)
    caller = verify_service_token(keys, token, audience="leave", now=NOW)
    assert (caller.subscription, caller.instance) == ("payroll.leave", "test")
    with pytest.raises(UnauthenticatedError):
        verify_service_token(keys, token, audience="workforce", now=NOW)


def test_a_service_token_lives_five_minutes(keys: SigningKeys) -> None:
    token = issue_service_token(keys, subscription="payroll.leave", audience="leave", instance="test", now=NOW)
    assert SERVICE_SECONDS == 300
    with pytest.raises(UnauthenticatedError):
        verify_service_token(keys, token, audience="leave", now=NOW + 310)


def test_a_session_is_no_service_token_and_the_reverse(keys: SigningKeys) -> None:
    session = issue_session(keys, HR, instance="test", now=NOW)
    service = issue_service_token(keys, subscription="x", audience="carers-web", instance="test", now=NOW)
    with pytest.raises(UnauthenticatedError):
        verify_service_token(keys, session, audience="carers-web", now=NOW)
    with pytest.raises(UnauthenticatedError):
        verify_session(keys, service, instance="test", now=NOW)


def test_a_token_of_the_other_kind_is_refused_even_with_the_right_key(keys: SigningKeys) -> None:
    claims = {"sub": "x", "org": "dft", "roles": [], "iss": "test", "aud": "carers-web", "iat": NOW, "exp": NOW + 60}
    with pytest.raises(UnauthenticatedError):
        verify_session(keys, signed(keys, claims, typ="carers-service+jwt"), instance="test", now=NOW)


@given(
    st.text(max_size=200)
    | st.from_regex(r"[A-Za-z0-9_-]{0,60}\.[A-Za-z0-9_-]{0,60}\.[A-Za-z0-9_-]{0,60}", fullmatch=True)
)
def test_any_text_that_is_no_token_is_refused_and_nothing_else_happens(keys: SigningKeys, text: str) -> None:
    with pytest.raises(UnauthenticatedError):
        verify_session(keys, text, instance="test", now=NOW)


def test_an_endless_token_is_refused_unread(keys: SigningKeys) -> None:
    with pytest.raises(UnauthenticatedError):
        verify_session(keys, "a" * 100_000, instance="test", now=NOW)
