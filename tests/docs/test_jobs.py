"""The pages about people's jobs say what the program says."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from shared.process.cli import carers

ROOT = Path(__file__).parents[2]
JOBS = ROOT / "docs" / "jobs"
PAGES = sorted(JOBS.glob("*.md"))
SAID = "\n".join(
    path.read_text(encoding="utf-8")
    for folder in ("services", "shared/web")
    for pattern in ("*.html", "*.py")
    for path in (ROOT / folder).rglob(pattern)
)
"""All that a page can say."""


def commands_in(text: str) -> list[list[str]]:
    """The words of each ``carers`` command that a page shows, without its arguments."""
    shown = re.findall(r"(?:^\s*|`)carers ([a-z][^`\n]*)", text, flags=re.MULTILINE)
    return [re.findall(r"^[a-z ]+", words)[0].split() for words in shown]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_word_in_bold_is_on_a_page(page: Path) -> None:
    bold = re.findall(r"\*\*([^*]+)\*\*", " ".join(page.read_text(encoding="utf-8").split()))
    assert [words for words in bold if words not in SAID] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_command_exists(page: Path) -> None:
    context = carers.make_context("carers", ["status"], resilient_parsing=True)
    for words in commands_in(page.read_text(encoding="utf-8")):
        command: click.Command | None = carers
        while words and isinstance(command, click.Group):
            command = command.get_command(context, words.pop(0))
        assert command is not None, page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_link_leads_to_a_file(page: Path) -> None:
    for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (JOBS / link).exists(), link


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_setting_exists(page: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in set(re.findall(r"CARERS_[A-Z_]+", page.read_text(encoding="utf-8"))):
        assert f"| `{name}` |" in readme, name


def test_every_page_is_in_the_list() -> None:
    listed = (JOBS / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in PAGES if page.name != "README.md" and f"({page.name})" not in listed] == []
