"""What people read: the text of templates, the sentences in code, help texts, the README and the pages about jobs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
HELP: Final = frozenset({"api.py", "schemas.py", "decision_schemas.py", "commands_cli.py", "cli.py"})
"""Files whose docstrings are shown: as descriptions of the API, and as help of the command line."""

_CODE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"')
_SHOWN_ATTRIBUTE = re.compile(r'\b(?:aria-label|alt|title|placeholder|content)="([^"{]*)"')


@dataclass(frozen=True)
class Said:
    """Some words that people read, and the file in which they are."""

    path: str
    text: str


def said_in_template(path: str, source: str) -> Iterator[Said]:
    """The text of a template, and the sentences in its expressions."""
    bare = re.sub(r"\{#.*?#\}|<style>.*?</style>", " ", source, flags=re.DOTALL)
    for code in _CODE.findall(bare):
        yield from (Said(path, literal) for literal in _LITERAL.findall(code) if _is_sentence(literal))
    markup = _CODE.sub("…", bare)
    yield from (Said(path, words) for words in _SHOWN_ATTRIBUTE.findall(markup))
    yield Said(path, re.sub(r"<[^>]*>", " ", markup))


def said_in_code(path: str, source: str) -> Iterator[Said]:
    """The sentences in code. Of docstrings only those that are help texts; never names, keys and codes."""
    tree = ast.parse(source)
    quiet = set() if Path(path).name in HELP else set(_docstrings(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            quiet.update(id(part) for part in node.values)
            parts = (str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
            yield Said(path, "".join(parts))
        elif isinstance(node, ast.Constant) and id(node) not in quiet and _is_sentence(node.value):
            yield Said(path, str(node.value))


def said_on_page(path: str, source: str) -> Iterator[Said]:
    """A page of the documents without what stands as code."""
    yield Said(path, re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)", " ", source, flags=re.DOTALL))


def all_said() -> Iterator[Said]:
    """Whatever people read, of every service and of what they stand on."""
    for folder, pattern, read in (
        ("services", "*.html", said_in_template),
        ("shared/web", "*.html", said_in_template),
        ("services", "*.py", said_in_code),
        ("shared/web", "*.py", said_in_code),
        ("shared/process", "*.py", said_in_code),
        ("shared/demonstration", "*.py", said_in_code),
        ("docs/jobs", "*.md", said_on_page),
    ):
        for path in sorted((ROOT / folder).rglob(pattern)):
            yield from read(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
    yield from said_on_page("README.md", (ROOT / "README.md").read_text(encoding="utf-8"))


def _is_sentence(value: object) -> bool:
    return isinstance(value, str) and (" " in value.strip() or value[:1].isupper())


def _docstrings(tree: ast.Module) -> Iterator[int]:
    """Every string that stands alone as a statement: docstrings, and what is said of a constant below it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield id(node.value)
