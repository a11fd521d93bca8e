"""What every page has: the header, the navigation that this person may use, the banner, filters, macros."""

from __future__ import annotations

import hashlib
from pathlib import Path

from flask import Flask, g, url_for
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

from shared.kernel.clock import today
from shared.web import words
from shared.web.actor import actor_or_none, current_actor
from shared.web.app_context import app_context
from shared.web.commands import KEY_FIELD, new_command_key
from shared.web.csrf import FIELD, csrf_token
from shared.web.demonstration import here
from shared.web.demonstration_bar import bar
from shared.web.menu import navigation
from shared.web.read_your_writes import After

STYLESHEET = "carers.css"


def register_layout(app: Flask) -> None:
    """Give the app's templates the GOV.UK macros, our filters and what the layout shows."""
    own = app.jinja_loader
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    app.jinja_loader = ChoiceLoader([own, govuk] if own else [govuk])
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        day=words.long_day,
        short_day=words.short_day,
        moment=words.moment,
        clock_time=words.clock_time,
        hours=words.hours,
        ago=words.ago,
        month=words.month,
        slug_words=words.slug_words,
        second=words.second,
        in_sentence=words.in_sentence,
    )
    app.jinja_env.globals.update(
        csrf_token=csrf_token, csrf_field=FIELD, new_command_key=new_command_key, key_field=KEY_FIELD
    )
    fingerprint = hashlib.sha256((Path(app.static_folder or "") / STYLESHEET).read_bytes()).hexdigest()[:12]

    @app.context_processor
    def layout() -> dict[str, object]:
        web, actor = app_context(), actor_or_none()
        return {
            "actor": actor,
            "navigation": navigation(actor) if actor else [],
            "demonstration": web.settings.demonstration,
            "demonstration_here": web.settings.demonstration and here(),
            "demonstration_bar": lambda: bar(current_actor()),
            "business_date": today(web.clock),
            "stylesheet": url_for("static", filename=STYLESHEET, v=fingerprint),
            "carers_banner": _banner(),
            "catching_up": "behind" in g,
        }


def _banner() -> str:
    after: After | None = g.get("after")
    return after.message if after else ""
