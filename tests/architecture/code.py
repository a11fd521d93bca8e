"""The project's own code as trees, for rules about how it is written."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SERVICES = sorted(path.parent for path in ROOT.glob("services/*/__init__.py"))


def modules(*folders: str) -> list[Path]:
    """Every module below the folders, by path; folders may have wildcards."""
    found = {path for folder in folders for start in ROOT.glob(folder) for path in _modules_in(start)}
    return sorted(found)


def _modules_in(start: Path) -> Iterator[Path]:
    return iter([start]) if start.is_file() else start.rglob("*.py")


@cache
def tree(module: Path) -> ast.Module:
    """The module as a tree."""
    return ast.parse(module.read_text("utf-8"), str(module))


def imports(module: Path) -> set[str]:
    """The full names of all that the module imports, wherever it does so."""
    found: set[str] = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return found


def in_standard_library(name: str) -> bool:
    """Whether the imported name is Python's own."""
    return name.partition(".")[0] in sys.stdlib_module_names


def named(module: Path) -> str:
    """The module's path in the project, for messages."""
    return module.relative_to(ROOT).as_posix()


@cache
def project_files() -> list[Path]:
    """Every file of the project: what git has or would take."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]
