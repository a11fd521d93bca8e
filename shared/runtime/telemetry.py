"""Structured logs, one JSON object a line, that name things and never persons."""

from __future__ import annotations

import logging
import sys
from typing import Any

import structlog

log: Any = structlog.get_logger("carers")


def configure(level: str, process: str) -> None:
    """Send this process's logs to standard error as JSON lines from a level on."""
    structlog.configure(
        processors=[
            _named(process),
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _no_payload,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, handlers=[_Forward()], force=True)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # it warns of every request that waits for a thread


class _Forward(logging.Handler):
    """Libraries' warnings by logger and place only: their messages may hold anything."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        log.warning("library", logger=record.name, where=f"{record.module}:{record.lineno}", error=error)


def _named(process: str) -> Any:
    def add(_logger: object, _name: str, fields: Any) -> object:
        fields["process"] = process
        return fields

    return add


def _no_payload(_logger: object, _name: str, fields: Any) -> Any:
    fields.pop("exc_info", None)
    return fields
