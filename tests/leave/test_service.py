"""Leave's table of contents, its record, and how its lists are rebuilt."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from services.leave import SERVICE
from services.leave.domain.history import HISTORY
from shared.store.rebuild import rebuild
from tests.leave.house import FRIDAY, House
