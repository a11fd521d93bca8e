"""Back to the page after signing in: its address waits in a cookie, and only addresses of this site are followed."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from flask import Response, current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from shared.web.app_context import app_context

COOKIE: Final = "carers_back"

_KEPT_SECONDS = 900
_LONGEST = 1000


def remember_page(response: Response) -> None:
    """Keep the address of this request, if it is a page that can be opened again."""
    address = request.full_path.rstrip("?")
    if _is_page(address):
        response.set_cookie(
            COOKIE,
            address,
            max_age=_KEPT_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=not app_context().settings.demonstration,
        )


def page_before() -> str:
    """The address that was kept, or the home page's."""
    address = request.cookies.get(COOKIE, "")
    return address if _is_page(address) else "/"


def forget_page(response: Response) -> None:
    """It was followed."""
    if COOKIE in request.cookies:
        response.delete_cookie(COOKIE, httponly=True, samesite="Lax", secure=not app_context().settings.demonstration)


def _is_page(address: str) -> bool:
    """Whether a browser can open it here: a path of this site that some page answers."""
    parts = urlsplit(address)
    own = address.startswith("/") and not address.startswith(("//", "/\\")) and not parts.netloc
    if not own or len(address) > _LONGEST or parts.path.startswith("/api/"):
        return False
    try:
        current_app.url_map.bind("").match(parts.path, method="GET")
    except RequestRedirect:
        return True
    except HTTPException:
        return False
    return True
