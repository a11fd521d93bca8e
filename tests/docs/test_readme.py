"""The README tells every setting and every command, and nothing that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shared.process.cli import carers
from shared.runtime.settings import PREFIX, every_setting

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()


def settings_table() -> str:
    """The table as the settings themselves tell it."""
    lines = ["| variable | default | meaning |", "|---|---|---|"]
    lines += [
        f"| `{PREFIX}{setting.variable}` | {f'`{setting.default}`' if setting.default else ''} | {setting.meaning} |"
        for setting in every_setting()
    ]
    return "\n".join(lines)


def test_the_table_of_settings_is_complete_and_exact() -> None:
    told = README.partition("<!-- settings -->\n")[2].partition("\n<!-- /settings -->")[0]
    assert told == settings_table(), f"put this between the marks in README.md:\n{settings_table()}"


def test_every_command_is_in_the_readme_and_every_one_there_exists() -> None:
    told = set(re.findall(r"^\| `carers ([a-z]+)", README, flags=re.MULTILINE))
    context = carers.make_context("carers", ["status"], resilient_parsing=True)
    assert told == set(carers.list_commands(context))


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)#:]+)\)", README))
def test_what_the_readme_links_to_is_there(link: str) -> None:
    assert (ROOT / link).exists()


def test_every_command_explains_itself() -> None:
    context = carers.make_context("carers", ["status"], resilient_parsing=True)
    for name in carers.list_commands(context):
        command = carers.get_command(context, name)
        assert command is not None
        assert command.get_short_help_str(200), name
