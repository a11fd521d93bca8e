"""What must not be in the project: machines, package indexes, lock files that name them."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.code import ROOT, SERVICES, named, project_files

INDEXES = [
    ".".join(parts) for parts in (("pypi", "org"), ("files", "pythonhosted", "org"), ("registry", "npmjs", "org"))
]
OPTIONS = ["--" + "index-url", "extra-" + "index-url", '"resolved' + '":']
MACHINES = ["/" + folder + "/" for folder in ("work", "farm", "root", "home", "Users")]
BINARY = {".png", ".ico", ".gz", ".db", ".woff2"}
LOCKS = {"uv.lock", "poetry.lock", "Pipfile.lock", "package-lock.json", "yarn.lock"}
BUILT_FROM = ROOT / "shared/web/assets"
"""Sources of committed static files; they need not be installed."""
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def texts() -> list[Path]:
    """Files of the project that are text and written by hand or by our own programs."""
    return [path for path in project_files() if path.suffix not in BINARY]


@pytest.mark.parametrize("word", [*INDEXES, *OPTIONS])
def test_no_file_names_a_package_index(word: str) -> None:
    assert [named(path) for path in texts() if word in path.read_text("utf-8")] == []


@pytest.mark.parametrize("folder", MACHINES)
def test_no_file_names_a_folder_of_somebodys_machine(folder: str) -> None:
    place = re.compile(rf"(?<![\w.>}})]){re.escape(folder)}")
    assert [named(path) for path in texts() if place.search(path.read_text("utf-8"))] == []


def test_no_lock_file_is_kept() -> None:
    assert [named(path) for path in project_files() if path.name in LOCKS] == []


def test_no_secret_is_kept() -> None:
    key = "-----BEGIN " + "{}PRIVATE KEY-----"
    heads = [key.format(kind) for kind in ("", "EC ", "RSA ", "ENCRYPTED ")]
    assert [named(path) for path in texts() if any(head in path.read_text("utf-8") for head in heads)] == []


def pins(name: str) -> dict[str, Requirement]:
    """What a compiled requirements file pins, by name."""
    lines = (ROOT / "requirements" / name).read_text().splitlines()
    found = [Requirement(line) for line in lines if line and not line.lstrip().startswith("#")]
    return {canonicalize_name(pin.name): pin for pin in found}


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_every_version_is_exact_and_comes_from_no_address(name: str) -> None:
    for pin in pins(name).values():
        assert [specifier.operator for specifier in pin.specifier] == ["=="]
        assert pin.url is None


def test_the_pins_are_within_what_the_project_asks_for() -> None:
    exact = pins("run.txt")
    for asked in map(Requirement, PROJECT["dependencies"]):
        version = next(iter(exact[canonicalize_name(asked.name)].specifier)).version
        assert asked.specifier.contains(version, prereleases=True), asked


def test_both_sets_of_pins_agree() -> None:
    run, dev = pins("run.txt"), pins("dev.txt")
    assert [name for name in run.keys() & dev.keys() if run[name].specifier != dev[name].specifier] == []


def test_every_tool_that_is_asked_for_is_pinned() -> None:
    asked = [line for line in (ROOT / "requirements/dev.in").read_text().splitlines() if line[:1].isalpha()]
    assert [name for name in asked if canonicalize_name(name) not in pins("dev.txt")] == []


def test_every_service_is_found_by_its_entry_point() -> None:
    points = PROJECT["entry-points"]["working_carers.services"]
    assert points == {service.name: f"services.{service.name}:SERVICE" for service in SERVICES}


def test_every_kind_of_file_that_code_reads_is_in_the_package() -> None:
    packaged = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["package-data"]["*"]
    below = [path for path in project_files() if path.relative_to(ROOT).parts[0] in {"services", "shared"}]
    needed = [path for path in below if path.suffix != ".py" and BUILT_FROM not in path.parents]
    assert [named(path) for path in needed if not any(map(path.match, packaged))] == []
