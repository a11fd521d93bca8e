"""Deployments by the name of their kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.system.harness import Deployment, apart, embedded, scaled
from tests.system.substrate import Bus, Databases, need_broker, need_postgres

SCALED = pytest.param("scaled", marks=pytest.mark.postgres)
SUBSTRATES = ("embedded", SCALED)


def made(kind: str, folder: Path) -> Deployment:
    """``embedded``, ``apart`` or ``scaled``; skips, or fails in CI, where what it stands on is absent."""
    if kind == "scaled":
        need_postgres()
        need_broker()
        return scaled(folder, Databases(), Bus())
    return {"embedded": embedded, "apart": apart}[kind](folder)
