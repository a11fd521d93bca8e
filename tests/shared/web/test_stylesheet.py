"""The stylesheet is what its sources say."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from shared.web.assets.build import SOURCES, STYLESHEET, build


@pytest.mark.timeout(300)
def test_the_committed_stylesheet_is_the_one_that_its_sources_build(tmp_path: Path) -> None:
    if shutil.which("npm") is None:
        assert not os.environ.get("CI"), "npm is needed in CI to rebuild the stylesheet"
        pytest.skip("npm is not installed, so the stylesheet cannot be rebuilt and compared")
    try:
        built = build(tmp_path)
    except subprocess.CalledProcessError as error:
        if "install" not in error.cmd or os.environ.get("CI"):
            raise
        pytest.skip("npm cannot reach its registry, so the stylesheet cannot be rebuilt and compared")
    assert built == STYLESHEET.read_bytes()


def test_the_licence_lies_beside_the_stylesheet() -> None:
    assert "govuk-frontend-licence.txt" in STYLESHEET.read_text()[:200]
    assert "Crown Copyright" in (STYLESHEET.parent / "govuk-frontend-licence.txt").read_text()


def test_no_index_address_is_written_down() -> None:
    for path in SOURCES.iterdir():
        if path.is_file():
            assert "http" not in path.read_text()
    assert "omit-lockfile-registry-resolved=true" in (SOURCES / ".npmrc").read_text()
