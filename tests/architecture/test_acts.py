"""Each command that people give is made in one place, and what is refused on a page is told by its act."""

import ast
from collections import Counter
from pathlib import Path

import pytest

from shared.runtime.service import Service, installed
from shared.web.acts import Act
from tests.architecture.code import modules, named, tree
from tests.architecture.test_command_digests import handled

SERVICES = installed()
MOST_REFUSALS_ON_PAGES = 8


def edges(service: str) -> list[Path]:
    """The modules of a service that answer people and programs."""
    return modules(f"services/{service}/web")


def uses(service: Service) -> Counter[tuple[str, str]]:
    """Module and command for each place of the edges that makes, or has made, a command."""
    commands = {command.__name__ for command in handled(service)}
    return Counter(
        (module.name, node.id)
        for module in edges(service.name)
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in commands
        if not _annotates(module, node)
    )


def _annotates(module: Path, name: ast.Name) -> bool:
    """Whether the name stands in an annotation."""
    found = [
        annotation
        for node in ast.walk(tree(module))
        if isinstance(node, ast.arg | ast.FunctionDef | ast.AnnAssign)
        for annotation in [node.returns if isinstance(node, ast.FunctionDef) else node.annotation]
        if annotation is not None
    ]
    return any(inside is name for annotation in found for inside in ast.walk(annotation))


@pytest.mark.parametrize("name", SERVICES)
def test_a_command_is_made_in_one_place_of_a_services_edges(name: str) -> None:
    found = uses(SERVICES[name])
    assert {module for module, _ in found} == {"acts.py"}
    assert {command: times for (_, command), times in found.items() if times > 1} == {}


@pytest.mark.parametrize("name", SERVICES)
def test_an_act_is_called_as_its_constant(name: str) -> None:
    acts = {key: act for key, act in vars(SERVICES[name].part("web.acts")).items() if isinstance(act, Act)}
    assert acts
    assert {key: act.name for key, act in acts.items() if act.name.upper() != key or act.service != name} == {}


def test_pages_leave_it_to_acts_to_tell_what_is_refused() -> None:
    caught = [
        f"{named(module)}:{handler.lineno}"
        for service in SERVICES
        for module in modules(f"services/{service}/web/pages")
        for handler in ast.walk(tree(module))
        if isinstance(handler, ast.ExceptHandler) and "Error" in ast.dump(handler.type or ast.Constant(""))
    ]
    assert len(caught) <= MOST_REFUSALS_ON_PAGES, caught
