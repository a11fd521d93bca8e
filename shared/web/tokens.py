"""Tokens, ES256: a person's session from the front, and the five-minute token with which a service asks another.

Tokens live in system time, never in business time. The two kinds have their own keys and their own ``typ``, so one
can never stand for the other.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError

from shared.kernel.errors import UnauthenticatedError
from shared.runtime.identity import ROLES, Actor
from shared.web.keys import KeyPair, SigningKeys

SESSION_SECONDS = 8 * 3600
SERVICE_SECONDS = 300
SESSION_AUDIENCE = "carers-web"

_SESSION = "carers-session+jwt"
_SERVICE = "carers-service+jwt"
_LEEWAY_SECONDS = 5
_LONGEST = 4096


@dataclass(frozen=True)
class ServiceCaller:
    """A service that asks: the subscription it asks for, and the name of its instance."""

    subscription: str
    instance: str


def issue_session(
    keys: SigningKeys, actor: Actor, *, instance: str, now: float | None = None, seconds: int = SESSION_SECONDS
) -> str:
    """A token as this person. ``now`` is system time in seconds; needs the private sign-in key."""
    claims = {
        "sub": actor.person,
        "org": actor.organisation,
        "roles": sorted(actor.roles),
        "label": actor.label,
        "aud": SESSION_AUDIENCE,
    }
    return _issue(keys.sign_in, _SESSION, claims, instance, now, seconds)


def verify_session(keys: SigningKeys, token: str, *, instance: str, now: float | None = None) -> Actor:
    """Who the token speaks for; raises ``UnauthenticatedError`` where it is not valid here and now."""
    claims = _verify(keys.sign_in, token, _SESSION, SESSION_AUDIENCE, now, issuer=instance)
    roles = claims.get("roles")
    texts = [claims.get("sub"), claims.get("org"), claims.get("label", "")]
    if not all(isinstance(text, str) for text in texts) or not isinstance(roles, list) or not set(roles) <= ROLES:
        raise _refused()
    return Actor(claims["sub"], claims["org"], frozenset(roles), claims.get("label", ""))


def issue_service_token(
    keys: SigningKeys, *, subscription: str, audience: str, instance: str, now: float | None = None
) -> str:
    """A token with which to ask the service ``audience`` for one subscription; needs the private service key."""
    return _issue(
        keys.service, _SERVICE, {"aud": audience, "subscription": subscription}, instance, now, SERVICE_SECONDS
    )


def verify_service_token(keys: SigningKeys, token: str, *, audience: str, now: float | None = None) -> ServiceCaller:
    """Which service asks; raises ``UnauthenticatedError`` where the token is not valid for this audience."""
    claims = _verify(keys.service, token, _SERVICE, audience, now)
    if not isinstance(claims.get("subscription"), str) or not isinstance(claims.get("iss"), str):
        raise _refused()
    return ServiceCaller(claims["subscription"], claims["iss"])


def _issue(pair: KeyPair, kind: str, claims: dict[str, Any], instance: str, now: float | None, seconds: int) -> str:
    key = pair.signing()
    issued = int(time.time() if now is None else now)
    header = {"alg": "ES256", "typ": kind, "kid": key.thumbprint()}
    return jwt.encode(header, {**claims, "iss": instance, "iat": issued, "exp": issued + seconds}, key, ["ES256"])


def _verify(
    pair: KeyPair, token: str, kind: str, audience: str, now: float | None, issuer: str | None = None
) -> dict[str, Any]:
    if len(token) > _LONGEST:
        raise _refused()
    instant = int(time.time() if now is None else now)
    rules = jwt.JWTClaimsRegistry(
        now=instant,
        leeway=_LEEWAY_SECONDS,
        iss={"essential": True, "value": issuer} if issuer is not None else {"essential": True},
        aud={"essential": True, "value": audience},
        exp={"essential": True},
        iat={"essential": True},
    )
    try:
        decoded = jwt.decode(token, lambda found: _key_for(pair, found.headers(), kind), ["ES256"])
        rules.validate(decoded.claims)
    except (JoseError, ValueError, TypeError, KeyError, UnicodeError, RecursionError) as error:
        raise _refused() from error
    return dict(decoded.claims)


def _key_for(pair: KeyPair, header: dict[str, Any], kind: str) -> Any:
    key = pair.verifying(header.get("kid"))
    if header.get("typ") != kind or key is None:
        raise ValueError("another kind of token, or an unknown key")
    return key


def _refused() -> UnauthenticatedError:
    return UnauthenticatedError("The token is not valid: sign in again, or ask for a new one.")
