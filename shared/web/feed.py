"""A service's feed: what it published after a position, for subscribers that missed it."""

from __future__ import annotations

from flask import Response, request

from shared.contracts import types
from shared.contracts.wire import encode_batch
from shared.kernel.errors import InvalidError, NotFoundError, UnauthenticatedError
from shared.web.app_context import app_context, wired_by_name
from shared.web.bearer import service_caller
from shared.web.service_blueprint import ServiceBlueprint

LONGEST_PAGE = 1000

blueprint = ServiceBlueprint("feed", __name__)


@blueprint.get("/<slug:service>/feed")
def feed(service: str) -> Response:
    """A page as a CloudEvents batch. ``after``: a position; ``limit``: 1,000 events at most.

    The headers give the log's epochs, oldest first, each with the position after which it began, and the last
    published position. A page is empty only where nothing published lies ahead.
    """
    caller = service_caller(service)
    if caller.instance != app_context().settings.instance:
        raise UnauthenticatedError("This feed is for its own deployment's services.")
    if service not in app_context().wirings:
        raise NotFoundError("There is no such service here.")
    outbox = wired_by_name(service).outbox
    page = outbox.page(_whole("after", 0, 2**53), _whole("limit", LONGEST_PAGE, LONGEST_PAGE))
    answer = Response(encode_batch([event.body for event in page.events]), mimetype=types.BATCH_MEDIA_TYPE)
    answer.headers["Carers-Epochs"] = str(page.epochs)
    answer.headers["Carers-Head"] = str(page.head)
    return answer


def _whole(name: str, default: int, highest: int) -> int:
    text = request.args.get(name, str(default))
    if not text.isascii() or not text.isdigit() or int(text) > highest:
        raise InvalidError(f"'{name}' must be a whole number from 0 to {highest}.")
    return int(text)
