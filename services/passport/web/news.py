"""What others did to one's passport, in words. No word of what is written in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from flask import url_for
from sqlalchemy import Connection

from services.passport.domain.passport import Passport
from shared.store.news import News

_SENTENCES: Final[Mapping[str, tuple[str, str]]] = {
    Passport.ChangeProposed.TOPIC: ("Your manager proposed a change to your passport", "passport.overview"),
    Passport.Signed.TOPIC: ("Your manager signed your passport", "passport.overview"),
    Passport.Agreed.TOPIC: ("Your passport is agreed: you and your manager have signed it", "passport.overview"),
    Passport.Reviewed.TOPIC: ("Your passport is reviewed: you and your manager have signed it", "passport.overview"),
    Passport.Received.TOPIC: ("Your new manager took over your passport", "passport.overview"),
}
"""By the event's topic: the sentence, and the page that has the rest."""


def in_words(_: Connection, found: Sequence[News]) -> list[tuple[str, str]]:
    """For each its sentence, and the page that has the rest."""
    told = [_SENTENCES[each.kind] for each in found]
    return [(sentence, url_for(page)) for sentence, page in told]
