"""JSON as strictly as it is written down: UTF-8, no duplicate keys, no NaN, no depth beyond 20."""

from __future__ import annotations

import json
import math
from typing import NoReturn

from shared.kernel.errors import InvalidError
from shared.web.text_rules import check_text

DEPTH = 20


class MalformedError(InvalidError):
    """The body is not JSON as RFC 8259 has it."""

    code = "malformed-json"
    status = 400


def parse_json(raw: bytes) -> object:
    """The value in the body.

    Raises ``MalformedError`` for what is not strict JSON, ``InvalidError`` for depth and unwanted characters.
    """
    try:
        text = raw.decode("utf-8")
        value = json.loads(
            text, object_pairs_hook=_object, parse_constant=_constant, parse_float=_float, parse_int=_integer
        )
    except UnicodeDecodeError as error:
        raise MalformedError("The body is not UTF-8 text.") from error
    except RecursionError as error:
        raise _too_deep() from error
    except ValueError as error:
        raise MalformedError(f"The body is not well-formed JSON: {_reason(error)}.") from error
    _check(value, DEPTH)
    return value


def _check(value: object, depth: int) -> None:
    if isinstance(value, str):
        check_text((value,))
    elif isinstance(value, dict | list):
        if depth == 0:
            raise _too_deep()
        if isinstance(value, dict):
            check_text(value)
        for item in value.values() if isinstance(value, dict) else value:
            _check(item, depth - 1)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name appears twice in one object")
    return found


def _constant(_: str) -> NoReturn:
    raise ValueError("NaN and Infinity are not numbers in JSON")


def _float(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("a number is too large")
    return number


def _integer(text: str) -> int:
    if len(text) > 20:
        raise ValueError("a number is too large")
    return int(text)


def _reason(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}, column {error.colno}"
    return str(error)


def _too_deep() -> InvalidError:
    return InvalidError(f"The body is nested deeper than {DEPTH} levels. Send it flatter.", code="too-deep")
