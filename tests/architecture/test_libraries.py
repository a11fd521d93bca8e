"""What of the libraries we use, and what we must not: each rule keeps out what was found to lose or to hang."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.architecture.code import ROOT, modules, named, tree

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
OURS = modules("shared", "services")
HEAVY = ("gptables", "pandas", "numpy", "odfpy", "openpyxl", "paramiko", "icalendar", "authlib", "opentelemetry-sdk")


def imported(library: str) -> dict[str, set[str]]:
    """The full names that our code imports from a library, each with the modules that do."""
    found: dict[str, set[str]] = {}
    for module in OURS:
        for node in ast.walk(tree(module)):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            for name in names:
                if name.partition(".")[0] == library:
                    found.setdefault(name, set()).add(named(module))
    return found


def calls_of(method: str) -> set[str]:
    """The modules of ours that call a method of this name."""
    return {
        named(module)
        for module in OURS
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == method
    }


def test_of_nameko_we_use_the_container_and_our_own_entrypoints_alone() -> None:
    """Its own handlers acknowledge what failed, or ask for it again without a pause; its calls need a broker."""
    assert imported("nameko").keys() == {
        "nameko.extensions.Entrypoint",
        "nameko.extensions.register_entrypoint",
        "nameko.runners.ServiceRunner",
    }


def test_nameko_is_the_one_release_that_works_and_its_own_command_is_not_used() -> None:
    [nameko] = [asked for asked in PROJECT["dependencies"] if Requirement(asked).name == "nameko"]
    texts = [path for folder in ("deploy", ".ci") for path in (ROOT / folder).rglob("*") if path.is_file()]

    assert nameko == "nameko==3.0.0rc11"
    assert [named(path) for path in [*texts, ROOT / "Makefile"] if _runs_nameko(path)] == []
    assert imported("pkg_resources") == {}
    assert set(PROJECT["scripts"]) == {"carers"}


def _runs_nameko(path: Path) -> bool:
    return re.search(r"\bnameko\s+(run|shell|backdoor)\b", path.read_text("utf-8", errors="replace")) is not None


def test_only_the_relay_publishes() -> None:
    assert imported("kombu")["kombu.Producer"] == {"shared/bus/transport.py"}
    assert calls_of("publisher") == {"shared/bus/worker.py"}


def test_eventlet_patches_in_the_workers_own_entry_alone() -> None:
    assert calls_of("monkey_patch") == {"shared/bus/runner.py"}


def test_of_eventsourcing_we_use_no_recorder_but_our_own() -> None:
    """Its recorders retry after a lost answer, commit beside an error, use positions again or skip a lock."""
    parts = {".".join(name.split(".")[:2]) for name in imported("eventsourcing")}

    assert parts == {"eventsourcing." + part for part in ("application", "domain", "persistence", "utils")}


@pytest.mark.parametrize("word", ["take_snapshot", "snapshotting_intervals", "is_snapshotting_enabled"])
def test_nothing_keeps_snapshots(word: str) -> None:
    """One that lies open gives a person's text back after the erasure."""
    assert [named(module) for module in OURS if word in module.read_text("utf-8")] == []


@pytest.mark.parametrize("prefix", ["POSTGRES_", "SQLITE_", "CREATE_TABLE"])
def test_no_setting_of_the_librarys_recorders_is_used(prefix: str) -> None:
    assert [named(module) for module in OURS if f'"{prefix}' in module.read_text("utf-8")] == []


@pytest.mark.parametrize("name", HEAVY)
def test_the_default_set_stays_light(name: str) -> None:
    pins = (ROOT / "requirements" / "run.txt").read_text().lower().splitlines()

    assert [pin for pin in pins if pin.startswith(f"{name}==")] == []
    assert name not in {Requirement(asked).name.lower() for asked in PROJECT["dependencies"]}
