"""Which of the passport's own events are news to whose passport it is, where somebody else acted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from services.passport.domain.passport import Passport
from shared.store.news import Tell, named

TOLD: Final[Mapping[str, Tell]] = {
    Passport.ChangeProposed.TOPIC: named(),
    Passport.Signed.TOPIC: named(),
    Passport.Agreed.TOPIC: named(),
    Passport.Reviewed.TOPIC: named(),
    Passport.Received.TOPIC: named(),
}
