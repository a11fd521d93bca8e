"""One root error. A leaf carries a stable code, a sentence for a person and data for a program."""

from __future__ import annotations

from typing import Any, ClassVar


class CarersError(Exception):
    """The root. ``code`` is stable and lower-case-with-hyphens; ``message`` says what to do next."""

    code: ClassVar[str] = "carers-error"
    status: ClassVar[int] = 500

    def __init__(self, message: str, *, code: str | None = None, **data: Any) -> None:
        super().__init__(message)
        self.message = message
        self.code_ = code or type(self).code
        self.data = data


class InvalidError(CarersError):
    """What was sent cannot be understood (malformed, impossible, out of bounds)."""

    code = "invalid"
    status = 422


class RefusedError(CarersError):
    """Understood, and a rule says no. Never stored; asking again differently may succeed."""

    code = "refused"
    status = 409


class NotFoundError(CarersError):
    """Not there, or not yours: the two give the same answer."""

    code = "not-found"
    status = 404


class ForbiddenError(CarersError):
    """The role may not do this at all, whoever it concerns."""

    code = "forbidden"
    status = 403


class UnauthenticatedError(CarersError):
    """No valid token came with the request."""

    code = "not-signed-in"
    status = 401


class ConflictError(CarersError):
    """Others changed the same thing at the same moment, five times running."""

    code = "conflict"
    status = 409


class KeyReusedError(CarersError):
    """An idempotency key came back with another body."""

    code = "key-reused"
    status = 422


class ErasedError(CarersError):
    """The person's key is gone: nothing of theirs can be read or written."""

    code = "erased"
    status = 410


class SettingsError(CarersError):
    """A setting is missing, wrong or dangerous; the process does not start."""

    code = "settings"


class UnavailableError(CarersError):
    """Something needed is not there for the moment; trying again later is right."""

    code = "unavailable"
    status = 503
