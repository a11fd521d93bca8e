"""What the list of terms says that we do not say stands nowhere that people read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pytest

from tests.docs.said import ROOT, Said, all_said, said_in_code, said_in_template, said_on_page

TERMS = (ROOT / "docs" / "terms.md").read_text(encoding="utf-8")
ROWS = [line.strip("| ").split(" | ") for line in TERMS.splitlines() if line.startswith("| ")]
LISTED = [row for row in ROWS if row[0] != "term"]
REFUSED = [phrase for row in LISTED for phrase in re.findall(r"“([^”]+)”", row[3])]


def found_in(said: Iterable[Said], phrases: Iterable[str] = REFUSED) -> Iterator[tuple[str, str, str]]:
    """File, phrase and the words around it, wherever a phrase stands."""
    patterns = [(phrase, re.compile(rf"(?<![\w-]){re.escape(phrase)}(?![\w-])", re.IGNORECASE)) for phrase in phrases]
    for each in said:
        text = re.sub(r"\s+", " ", each.text.replace("’", "'"))
        for phrase, pattern in patterns:
            for match in pattern.finditer(text):
                yield each.path, phrase, text[max(0, match.start() - 40) : match.end() + 40]


def test_every_term_says_what_it_means_what_we_say_and_what_we_do_not() -> None:
    assert [row for row in ROWS if len(row) != 4 or not all(row)] == []
    assert len(LISTED) > 20
    assert len(REFUSED) > 60
    assert len(REFUSED) == len(set(REFUSED))


def test_no_phrase_that_we_do_not_say_is_where_people_read() -> None:
    assert list(found_in(all_said())) == []


def test_what_we_say_is_not_what_we_do_not_say() -> None:
    said = [Said(row[0], f"{row[0]}. {row[2]}") for row in LISTED]
    assert list(found_in(said)) == []


@pytest.mark.parametrize(
    ("read", "source"),
    [
        (said_in_template, "<h1>What waits\n  for you</h1>"),
        (said_in_template, '{{ no_rows("Nothing WAITS for you.") }}'),
        (said_in_template, '<form aria-label="Waits for you">'),
        (said_in_code, 'error = "It waits for an answer."'),
        (said_in_code, 'error = f"It waits for {name}."'),
        (said_in_code, 'error = (f"{name}: it "\n  "waits for an answer")'),
        (said_on_page, "What\nwaits is a list."),
    ],
)
def test_a_planted_phrase_is_found(read: type[Said], source: str) -> None:
    assert list(found_in(read("planted.py", source), ["what waits", "waits for"]))


@pytest.mark.parametrize(
    ("read", "source"),
    [
        (said_in_template, '{# it waits for nobody #}<a href="{{ url_for("leave.waits-for", waits for=1) }}">Ask</a>'),
        (said_in_template, '<p class="waits for">Ask</p>'),
        (said_in_code, '"""It waits for an answer."""'),
        (said_in_code, 'waits_for = rows["waits-for"]'),
        (said_on_page, "`what waits`"),
    ],
)
def test_names_in_code_and_comments_are_not_refused(read: type[Said], source: str) -> None:
    assert list(found_in(read("planted.py", source), ["what waits", "waits for", "waits-for"])) == []


def test_help_texts_are_read_too() -> None:
    source = 'def show():\n    """It waits for an answer."""'
    assert list(found_in(said_in_code("services/x/api.py", source), ["waits for"]))
