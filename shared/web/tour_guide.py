"""What a page of the guided tour is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One thing to do. ``see``, ``why``: sentences; ``href``: where, or empty; ``link``: what that page is called."""

    do: str
    see: str
    why: str
    href: str = ""
    link: str = ""

    @property
    def service(self) -> str:
        """The first part of the address, which is a service's name or one of the front's pages."""
        return self.href.strip("/").partition("/")[0].partition("?")[0]


@dataclass(frozen=True)
class Guide:
    """A page of the tour. ``role``: the short name of the role that it is walked in."""

    name: str
    title: str
    role: str
    about: str
    steps: tuple[Step, ...]
