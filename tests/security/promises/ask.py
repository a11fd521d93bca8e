"""How a promise is written down: a route, what is sent to it, and who gets an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

CARERS: Final = frozenset(
    {
        "carer",
        "manager",
        "former manager",
        "named",
        "colleague",
        "carer in hr",
        "manager in payroll",
        "carer elsewhere",
        "hr elsewhere",
    }
)
"""Whoever is employed, each for their own."""
HRS: Final = frozenset({"hr", "carer in hr", "hr elsewhere"})
"""HR, each for their own organisation."""
PAYROLLS: Final = frozenset({"payroll", "manager in payroll", "payroll elsewhere"})
"""Payroll, each for their own organisation."""
EVERYBODY: Final = CARERS | HRS | PAYROLLS | {"statistics", "operator"}
"""Whoever is signed in."""

OWN: Final = frozenset({"carer", "carer in hr"})
"""The carer themselves, whatever their roles."""
MANAGER: Final = frozenset({"manager", "manager in payroll"})
"""Who manages the carer today."""
NAMED: Final = frozenset({"named"})
HR: Final = frozenset({"hr"})
"""HR of the carer's organisation, other than the carer."""
PAYROLL: Final = frozenset({"payroll", "manager in payroll"})
WORKS: Final = EVERYBODY - {"statistics", "carer elsewhere", "hr elsewhere", "payroll elsewhere"}
"""Everybody in the carer's organisation."""
RIVERS: Final = frozenset({"carer elsewhere", "hr elsewhere", "payroll elsewhere"})
STATISTICS: Final = frozenset({"statistics"})
OPERATOR: Final = frozenset({"operator"})

NOBODY: Final = "nobody"
SERVICE: Final = "service"
"""A service's own token, which is no person's."""


@dataclass(frozen=True)
class Ask:
    """A request as everybody sends it in turn, and who is promised an answer.

    A text that begins with ``@`` names a thing of the crowd; the request is repeated with things that are not there.
    One that begins with ``=`` names a thing that stays. ``blank``: who is told the same as about what is not there,
    with ``blank_status`` in place of a refusal. ``views``: who sees other fields than those in full. ``before``: what
    is made anew for each who is let in. ``ruled_out``: a rule of the domain refuses it to everybody who is let in.
    ``late``: changes how people stand to each other, so it is sent last. ``told``: who is told a planted word here that
    they may read nowhere else.
    """

    endpoint: str
    method: str
    allowed: frozenset[str]
    of: Mapping[str, Any] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Mapping[str, Any] | None = None
    form: Mapping[str, Any] | None = None
    blank: frozenset[str] = frozenset()
    blank_status: int = 0
    views: Mapping[str, frozenset[str]] = field(default_factory=dict)
    before: str = ""
    ruled_out: bool = False
    late: bool = False
    told: Mapping[str, str] = field(default_factory=dict)

    def view(self, who: str) -> str:
        """The name of what somebody sees here."""
        return next((view for view, people in self.views.items() if who in people), "in full")

    @property
    def is_about_something(self) -> bool:
        """Whether it names a thing that may not be there."""
        return any(_names(part) for part in (self.of, self.query, self.body or {}, self.form or {}))


def reads(endpoint: str, allowed: frozenset[str], **rest: Any) -> Ask:
    """A GET."""
    return Ask(endpoint, "GET", allowed, **rest)


def sends(endpoint: str, allowed: frozenset[str], body: Mapping[str, Any] | None = None, **rest: Any) -> Ask:
    """A POST of JSON."""
    return Ask(endpoint, "POST", allowed, body=body, **rest)


def submits(endpoint: str, allowed: frozenset[str], form: Mapping[str, Any] | None = None, **rest: Any) -> Ask:
    """A POST of a page's form."""
    return Ask(endpoint, "POST", allowed, form=form or {}, **rest)


def _names(part: Any) -> bool:
    if isinstance(part, Mapping):
        return any(_names(value) for value in part.values())
    return isinstance(part, str) and part.startswith("@")
