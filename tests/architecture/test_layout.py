"""Who knows one service finds their way in all of them."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.code import ROOT, SERVICES, modules, named, tree

EVERYWHERE = (
    "README.md",
    "__init__.py",
    "domain/__init__.py",
    "domain/commands.py",
    "domain/history.py",
    "application.py",
    "read/__init__.py",
    "read/tables.py",
    "read/projected.py",
    "published.py",
    "consumed.py",
    "wiring.py",
    "service.py",
    "web/__init__.py",
    "web/access.py",
    "web/acts.py",
    "web/api.py",
    "web/blueprint.py",
    "web/glossary.py",
    "web/home.py",
    "web/pages/__init__.py",
    "web/schemas.py",
)
VAGUE = {"utils.py", "helpers.py", "common.py", "misc.py", "base.py"}
LONGEST = 350


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_every_service_has_the_same_files(service: Path) -> None:
    assert [name for name in EVERYWHERE if not (service / name).is_file()] == []
    assert list((service / "web" / "templates" / service.name).glob("*.html"))


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_whatever_stands_in_a_service_is_explained(service: Path) -> None:
    """Each module and folder of a service is named in the table that says what stands where."""
    named_there = set(re.findall(r"`([a-z_/]+(?:\.py)?)`", (ROOT / "docs" / "architecture.md").read_text()))
    there = {
        f"{path.relative_to(service).as_posix()}{'/' if path.is_dir() else ''}"
        for folder in (service, service / "web")
        for path in folder.iterdir()
        if (path.is_dir() or path.suffix == ".py") and path.name not in ("__init__.py", "__pycache__")
    }
    assert sorted(there - named_there) == []


def test_no_module_has_a_name_that_could_hold_anything() -> None:
    assert [named(module) for module in modules("services", "shared") if module.name in VAGUE] == []


def test_modules_stay_small() -> None:
    long = {named(module): len(module.read_text().splitlines()) for module in modules("services", "shared")}
    assert {name: lines for name, lines in long.items() if lines > LONGEST} == {}


def test_every_module_and_every_public_name_says_what_it_is() -> None:
    silent = [
        f"{named(module)}: {getattr(node, 'name', 'the module')}"
        for module in modules("services", "shared")
        if module.read_text().strip()
        for node in (tree(module), *tree(module).body)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and not getattr(node, "name", "").startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


def test_shared_stays_the_smaller_part() -> None:
    lines = {
        folder: sum(len(module.read_text().splitlines()) for module in modules(folder))
        for folder in ("shared", "services", "tests", "bench", ".ci")
    }
    assert lines["shared"] < 0.4 * sum(lines.values()), lines


def test_an_import_path_is_a_file_path() -> None:
    packages = {module.parent for module in modules("services", "shared")}
    outside = [named(folder) for folder in packages if folder.name != "versions" and "migrations" not in folder.parts]
    without = [name for name in outside if not (ROOT / name / "__init__.py").is_file()]
    assert without == []
