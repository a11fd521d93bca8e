"""Every answer carries the security headers, and personal pages stay out of caches."""

from __future__ import annotations

import pytest

from tests.web_client import WebClient

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


@pytest.mark.parametrize(
    "path",
    ["/", "/errands/", "/nothing", "/errands/open", "/api/errands/errands", "/openapi.json", "/static/carers.css"],
)
def test_every_answer_has_the_headers(carer: WebClient, path: str) -> None:
    headers = carer.get(path).headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("path", ["/", "/errands/", "/nothing", "/api/errands/errands", "/health/live"])
def test_what_may_be_personal_is_never_stored(carer: WebClient, path: str) -> None:
    assert carer.get(path).headers["Cache-Control"] == "no-store"


def test_the_stylesheet_may_be_kept_because_its_address_changes_with_it(carer: WebClient) -> None:
    page = carer.get("/").text
    assert "/static/carers.css?v=" in page
    assert "immutable" in carer.get("/static/carers.css").headers["Cache-Control"]
    assert carer.get("/static/nothing.css").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["/", "/errands/", "/errands/new", "/trail", "/trail?follow=yes", "/clock", "/accessibility", "/nothing"]
)
def test_no_page_has_scripts_or_styles_of_its_own(carer: WebClient, path: str) -> None:
    page = carer.get(path).text
    for forbidden in ("<script", "style=", "<style", "javascript:", " onclick", " onload"):
        assert forbidden not in page


def test_no_page_bears_a_crown_or_the_governments_font(carer: WebClient) -> None:
    everything = (carer.get("/").text + carer.get("/static/carers.css").text).lower()
    for mark in ("gds transport", "crown", "crest", "gov.uk<"):
        assert mark not in everything
