"""Routes for programs that are not the API: feeds, and what the front asks of a service."""

from __future__ import annotations

from flask import Blueprint


class ServiceBlueprint(Blueprint):
    """Routes whose errors are problem details and whose callers show a service token (``service_caller``)."""
