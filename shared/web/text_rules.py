"""Which characters may come in: no control characters, no bidirectional overrides, nothing that is not Unicode text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote_to_bytes

from shared.kernel.errors import InvalidError

_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def check_text(texts: Iterable[str]) -> None:
    """Raise ``InvalidError`` where one of the texts holds a character that nobody types.

    Tab, new line and return pass. Lone surrogates do not: no database can store them.
    """
    if any(_UNWANTED.search(text) for text in texts):
        raise InvalidError(
            "Some of the text holds control characters or characters that turn its direction. "
            "Take them out and send it again.",
            code="unwanted-characters",
        )


def check_encoded(raw: bytes) -> None:
    """Raise ``InvalidError`` where a query string or a form, percent-encoded, is not UTF-8."""
    try:
        unquote_to_bytes(raw.replace(b"+", b" ")).decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidError("What was sent is not UTF-8 text. Send it as UTF-8.", code="not-utf-8") from error
