"""The bearer token of a request, and the service that sent it."""

from __future__ import annotations

from flask import request

from shared.kernel.errors import UnauthenticatedError
from shared.web.access import mark_service_caller
from shared.web.app_context import app_context
from shared.web.tokens import ServiceCaller, verify_service_token


def bearer_token() -> str | None:
    """The request's bearer token, or None where there is no ``Authorization`` header."""
    header = request.headers.get("Authorization")
    if header is None:
        return None
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise _refused()
    return token.strip()


def service_caller(audience: str) -> ServiceCaller:
    """The service that sent this request; raises ``UnauthenticatedError`` where no valid service token came."""
    token = bearer_token()
    if token is None:
        raise _refused()
    caller = verify_service_token(app_context().keys, token, audience=audience)
    mark_service_caller()
    return caller


def _refused() -> UnauthenticatedError:
    return UnauthenticatedError("Send a valid token as 'Authorization: Bearer …'.")
