"""A real browser: Debian's Chromium, driven by Playwright. Absent outside CI the tests skip and say so."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.browser.visitor import Visitor
from tests.system.harness import embedded
from tests.system.order import keep_order
from tests.system.site import Site, settle
from tests.web_client import serving

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
WIDTHS = (320, 768, 1280)
"""A small phone, a tablet, a desktop, in CSS pixels."""

Visit = Callable[..., Visitor]
"""Organisation, role and, if not a desktop's, the width of the window; answers somebody who is signed in."""

QUIET = ("--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync")
"""Chromium asks nobody for anything by itself."""


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Mark everything here as needing a browser, skip it where there is none, and keep the order of stories."""
    for item in items:
        if "/tests/browser/" not in item.path.as_posix():
            continue
        item.add_marker(pytest.mark.browser)
        if CHROMIUM is None and not os.environ.get("CI"):
            item.add_marker(pytest.mark.skip(reason="Chromium is not installed: apt-get install chromium"))
    yield
    keep_order(items)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the machine's Chromium; as root it only starts without its sandbox."""
    assert CHROMIUM is not None, "Chromium is needed in CI: apt-get install chromium"
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": [*QUIET, *sandbox]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Pages work without JavaScript, so nobody who looks at them has any."""
    return {**browser_context_args, "java_script_enabled": False, "locale": "en-GB"}


@pytest.fixture(scope="session")
def base_url() -> str:
    """No address beforehand: each test's server has its own. Replaces the plugin's, which pytest 9 warns about."""
    return ""


@pytest.fixture
def serve() -> Iterator[Callable[[Flask], str]]:
    """Serve an app on a free port until the test ends; gives its address."""
    with ExitStack() as running:
        yield lambda app: running.enter_context(serving(app))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """All services as ``carers up`` runs them, with two departments and the centre."""
    with embedded(tmp_path_factory.mktemp("site")) as deployment:
        yield settle(deployment)


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Visit]:
    """Somebody new at a browser of their own, signed in on the front page. Nobody's console says anything."""
    visitors: list[Visitor] = []
    with ExitStack() as opened:

        def come(organisation: str, role: str, width: int = WIDTHS[-1]) -> Visitor:
            context = opened.enter_context(
                browser.new_context(java_script_enabled=False, locale="en-GB", viewport={"width": width, "height": 900})
            )
            visitor = Visitor(context.new_page(), site.deployment.address("/"))
            visitors.append(visitor)
            visitor.sign_in(organisation, role)
            return visitor

        yield come
    assert [complaint for visitor in visitors for complaint in visitor.complaints] == []
