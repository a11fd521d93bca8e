"""Nothing imports itself by way of others: no module, and no package of a service or of what is shared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from graphlib import CycleError, TopologicalSorter

import grimp
import pytest

GRAPH = grimp.build_graph("services", "shared", exclude_type_checking_imports=False)


def package(module: str) -> str:
    """``shared.web`` of ``shared.web.forms``, ``services.leave.read`` of ``services.leave.read.notices``."""
    parts = module.split(".")
    return ".".join(parts[: 2 if parts[0] == "shared" else 3])


def module(name: str) -> str:
    """The module itself."""
    return name


def imported(unit: Callable[[str], str]) -> Mapping[str, set[str]]:
    """Which units each unit imports, anywhere in it, for types too."""
    found: dict[str, set[str]] = {}
    for each in GRAPH.modules:
        others = {unit(other) for other in GRAPH.find_modules_directly_imported_by(each)}
        found.setdefault(unit(each), set()).update(others - {unit(each)})
    return found


@pytest.mark.parametrize("unit", [module, package])
def test_nothing_imports_itself_by_way_of_others(unit: Callable[[str], str]) -> None:
    sorter = TopologicalSorter(imported(unit))
    try:
        sorter.prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))
