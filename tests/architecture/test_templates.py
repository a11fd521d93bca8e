"""The layout and the pages that extend it share one set of names: none may hide the other's."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, nodes

from shared.web import layout
from tests.architecture.code import ROOT, modules, named, tree

LAYOUT = ("web/layout.html", "front/bar.html", "web/sign_out.html")
"""The templates that are part of every page."""

OWN = "layout_"
"""How the names begin that these set for themselves."""


def passed_to_templates() -> Iterator[tuple[str, str]]:
    """Module and name of everything that a page gives its template."""
    for module in modules("services", "shared"):
        for node in ast.walk(tree(module)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "render_template":
                yield from ((named(module), given.arg) for given in node.keywords if given.arg)


def set_by_layout() -> Iterator[str]:
    """Every name that the layout assigns."""
    for name in LAYOUT:
        source = (ROOT / "shared/web/templates" / name).read_text(encoding="utf-8")
        for assigned in Environment(autoescape=True).parse(source).find_all((nodes.Assign, nodes.AssignBlock)):
            yield from (each.name for each in assigned.find_all(nodes.Name) if each.ctx == "store")


def given_by_layout() -> set[str]:
    """The names that every template is given."""
    found = ast.walk(tree(Path(layout.__file__)))
    (given,) = [node for node in found if isinstance(node, ast.FunctionDef) and node.name == "layout"]
    (names,) = [node for node in ast.walk(given) if isinstance(node, ast.Dict)]
    return {str(key.value) for key in names.keys if isinstance(key, ast.Constant)}


def test_what_the_layout_sets_for_itself_hides_nothing_that_a_page_was_given() -> None:
    names = set(set_by_layout())
    assert names
    assert [name for name in names if not name.startswith(OWN)] == []


def test_no_page_gives_its_template_a_name_that_the_layout_uses() -> None:
    given = list(passed_to_templates())
    assert len(given) > 100
    taken = given_by_layout()
    assert "stylesheet" in taken
    assert [each for each in given if each[1] in taken or each[1].startswith(OWN)] == []
