"""The markers that stand beside a figure, or in its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SUPPRESSED: Final = "[c]"
"""Suppressed to protect people."""

MISSING: Final = "[x]"
"""No return has come; not a zero."""

NOT_APPLICABLE: Final = "[z]"
"""There is nothing to divide by."""

REVISED: Final = "[r]"
"""Another figure was given before."""

PROVISIONAL: Final = "[p]"
"""The month is not settled, or something is still waiting to be counted."""


MEANINGS: Final[Mapping[str, str]] = {
    PROVISIONAL: "provisional",
    REVISED: "return revised",
    SUPPRESSED: "not shown, to protect privacy",
    NOT_APPLICABLE: "not applicable",
    MISSING: "no return",
}
"""Each marker in a few words, as it is read out beside a figure. The key on the page says more."""


def markers_of(*, revised: bool, complete: bool) -> tuple[str, ...]:
    """What every figure of a return carries."""
    return ((REVISED,) if revised else ()) + (() if complete else (PROVISIONAL,))
