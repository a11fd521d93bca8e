"""Asks a source's feed for what lies after a position, over HTTP with a five-minute token."""

from __future__ import annotations

from collections.abc import Callable

from shared.bus.pages import FeedPage
from shared.contracts.wire import decode_batch
from shared.kernel.errors import UnavailableError
from shared.runtime.http_client import fetch
from shared.store.epochs import Epochs

_SECONDS = 10.0

Token = Callable[[str, str], str]
"""From (subscription, audience) to a service token."""


class HttpFeed:
    """The feeds of this deployment's services. ``address`` gives a service's base URL."""

    def __init__(self, address: Callable[[str], str], token: Token) -> None:
        self._address = address
        self._token = token

    def page(self, service: str, subscription: str, after: int, limit: int) -> FeedPage:
        """Published events after a position; raises ``UnavailableError`` where the source does not answer."""
        address = f"{self._address(service)}/{service}/feed?after={after}&limit={limit}"
        answer = fetch(address, token=self._token(subscription, service), seconds=_SECONDS)
        try:
            epochs = Epochs.parse(answer.headers.get("Carers-Epochs", ""))
            return FeedPage(
                epoch=epochs.current,
                after_position=epochs.after_position,
                earlier=epochs.began[:-1],
                head=int(answer.headers["Carers-Head"]),
                events=decode_batch(answer.body),
            )
        except (LookupError, ValueError, TypeError) as error:
            raise UnavailableError(f"The feed of {service} does not answer.") from error
