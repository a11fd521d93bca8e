"""In which capacity somebody decides about leave, and why leave was given back."""

from __future__ import annotations

from typing import Final

MANAGER: Final = "manager"
HR: Final = "hr"

ENDED: Final = "employment-ended"
ASKED: Final = "asked"
EXCHANGED: Final = "exchanged"
