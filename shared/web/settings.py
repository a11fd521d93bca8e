"""What the web reads of the process's settings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol


class WebSettings(Protocol):
    """The settings that the web needs; the process's ``Settings`` has them."""

    @property
    def demonstration(self) -> bool:
        """Whether this is practice: persona picker, clock page, keys made on first start."""
        ...

    @property
    def instance(self) -> str:
        """The deployment's name; the issuer of its tokens."""
        ...

    @property
    def keys_folder(self) -> Path:
        """The folder of the signing keys (see ``shared.web.keys``)."""
        ...

    @property
    def var(self) -> Path:
        """The folder of a deployment on one machine, where ``world.json`` says how far a demonstration's world is."""
        ...

    @property
    def demonstration_networks(self) -> Sequence[str]:
        """Networks (CIDR) whose requests may use the demonstration's pages; loopback by default."""
        ...

    @property
    def demonstration_hosts(self) -> Sequence[str]:
        """Host names, without port, under which the demonstration's pages answer."""
        ...

    @property
    def services(self) -> Sequence[str]:
        """The names of the deployment's services, in the order of the navigation."""
        ...

    def service_url(self, name: str) -> str:
        """The base address of a service's web that runs elsewhere, without a slash at the end."""
        ...
