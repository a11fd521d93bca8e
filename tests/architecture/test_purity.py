"""The inside of every service: decisions and nothing else."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.code import ROOT, imports, in_standard_library, modules, named, tree

DOMAIN = modules("services/*/domain")
CLOCKS = {"now", "today", "utcnow", "monotonic", "perf_counter", "time_ns", "uuid4", "uuid1", "urandom", "getrandbits"}
NO_RULE = {"Exception", "BaseException", "RuntimeError", "AssertionError"}


def test_import_linter_finds_no_broken_rule() -> None:
    ran = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, check=False
    )
    assert ran.returncode == 0, ran.stdout.decode()


@pytest.mark.parametrize("module", DOMAIN, ids=named)
def test_a_domain_stands_on_the_standard_library_the_kernel_and_the_librarys_domain(module: Path) -> None:
    own = ".".join(module.relative_to(ROOT).parts[:3])
    foreign = {
        name
        for name in imports(module)
        if not (in_standard_library(name) or name.startswith(("eventsourcing.domain", "shared.kernel", own)))
    }
    assert foreign == set()


@pytest.mark.parametrize("module", modules("shared/kernel"), ids=named)
def test_the_kernel_stands_on_the_standard_library_and_the_librarys_domain(module: Path) -> None:
    allowed = ("eventsourcing.domain", "shared.kernel")
    assert {name for name in imports(module) if not (in_standard_library(name) or name.startswith(allowed))} == set()


@pytest.mark.parametrize("module", DOMAIN, ids=named)
def test_a_domain_reads_no_clock_and_draws_no_lots(module: Path) -> None:
    called = {
        node.func.attr
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert called & CLOCKS == set()
    assert imports(module) & {"random", "secrets", "time"} == set()


@pytest.mark.parametrize("module", modules("services", "shared"), ids=named)
def test_a_rule_is_an_error_with_a_code_never_an_assertion_or_a_bare_exception(module: Path) -> None:
    faults = []
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Assert) and not _narrows_a_type(node.test):
            faults.append(f"line {node.lineno}: assert")
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and isinstance(node.exc.func, ast.Name):
            name = node.exc.func.id
            if name in (NO_RULE if "services" in module.parts else NO_RULE - {"RuntimeError"}):
                faults.append(f"line {node.lineno}: raise {name}")
        if isinstance(node, ast.ExceptHandler) and node.type is None:
            faults.append(f"line {node.lineno}: except without a type")
    assert faults == []


def _narrows_a_type(test: ast.expr) -> bool:
    """Whether the assertion only tells the type checker what the line before has made sure of."""
    if isinstance(test, ast.Call):
        return isinstance(test.func, ast.Name) and test.func.id == "isinstance"
    return isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.IsNot)


@pytest.mark.parametrize("module", DOMAIN, ids=named)
def test_no_amount_of_time_is_a_float_but_where_it_is_written_for_people(module: Path) -> None:
    nodes = list(ast.walk(tree(module)))
    written = {id(inner) for node in nodes if isinstance(node, ast.FormattedValue) for inner in ast.walk(node)}
    floats = [
        node.lineno
        for node in nodes
        if (isinstance(node, ast.Name) and node.id == "float" and id(node) not in written)
        or (isinstance(node, ast.Constant) and isinstance(node.value, float))
    ]
    assert floats == []
