"""From a request to a command that happens once, and from its answer to the next page."""

from __future__ import annotations

import re
from uuid import uuid4

from flask import redirect, request
from werkzeug import Response

from shared.kernel.errors import InvalidError
from shared.store.commands import Answer, CommandKey
from shared.web.access import checked
from shared.web.actor import Actor, current_actor
from shared.web.app_context import wired_by_name
from shared.web.read_your_writes import After, set_after

KEY_FIELD = "command_key"
KEY_HEADER = "Idempotency-Key"

_KEY = re.compile(r"[!-~]{1,200}")


class KeyMissingError(InvalidError):
    """A state-changing request came without the key that makes it happen once."""

    code = "idempotency-key-missing"
    status = 400


def new_command_key() -> str:
    """A key for a form, made when the form is."""
    return str(uuid4())


def command_key(actor: Actor, command_name: str) -> CommandKey:
    """The key of this request's command, from the ``Idempotency-Key`` header or the form's hidden field.

    Raises ``KeyMissingError`` where there is none, or it is not 1–200 visible ASCII characters.
    """
    key = request.headers.get(KEY_HEADER) or request.form.get(KEY_FIELD, "")
    if not _KEY.fullmatch(key):
        raise KeyMissingError(
            "Send an 'Idempotency-Key' header of 1 to 200 visible ASCII characters, a new one for each new request."
        )
    return CommandKey(f"{actor.organisation}/{actor.person}/{command_name}", key)


def run(service: str, command: object) -> Answer:
    """Execute the command of this request once, as the person who sent it. Access must have been checked before.

    The domain's refusals, ``KeyReusedError``, ``ConflictError`` and ``UnavailableError`` pass through.
    """
    if not checked():
        raise RuntimeError("call allow() before run(): a command was about to run without an access check")
    key = command_key(current_actor(), type(command).__name__)
    return wired_by_name(service).application.execute(command, key)


def see_other(service: str, answer: Answer, location: str, message: str) -> Response:
    """Send the browser on after a command of a service.

    The page there tells the message, and first waits up to a second until lists show the change.
    """
    response = redirect(location, 303)
    set_after(response, After(service, answer.position, message))
    return response
