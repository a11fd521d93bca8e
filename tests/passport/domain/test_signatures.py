"""Signatures hold for one version, whatever happens around them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from services.passport.domain.passport import Passport
from services.passport.domain.sections import SECTIONS, TEXTS
from services.passport.domain.signatures import Signature, both_stand
from shared.kernel.errors import CarersError
from tests.passport.builders import ENOUGH, act, talked
from tests.passport.rig import CARER, COLLEAGUE, MANAGER

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("carer", "manager", "stand"),
    [
        (Signature(CARER, 3, DAY), Signature(MANAGER, 3, DAY), True),
        (Signature(CARER, 2, DAY), Signature(MANAGER, 3, DAY), False),
        (Signature(CARER, 3, DAY), Signature(MANAGER, 2, DAY), False),
        (Signature(CARER, 3, DAY), Signature(COLLEAGUE, 3, DAY), False),
        (Signature(MANAGER, 3, DAY), Signature(MANAGER, 3, DAY), False),
        (None, Signature(MANAGER, 3, DAY), False),
        (Signature(CARER, 3, DAY), None, False),
    ],
)
def test_two_signatures_stand_for_the_same_version_by_two_people_of_whom_one_manages_the_other(
    carer: Signature | None, manager: Signature | None, stand: bool
) -> None:
    signatures = {side: each for side, each in (("carer", carer), ("manager", manager)) if each}
    assert both_stand(signatures, 3, {MANAGER}) == stand


class Signing(RuleBasedStateMachine):
    """Anything in any order; what was agreed is always what both had signed at one moment."""

    def __init__(self) -> None:
        super().__init__()
        self.passport: Passport = talked(ENOUGH)
        self.signed: dict[str, dict[str, Any]] = {}
        self.agreed: dict[str, Any] | None = None

    @rule(section=st.sampled_from(TEXTS), text=st.sampled_from(["", "one", "two"]))
    def write(self, section: str, text: str) -> None:
        before = dict(self.passport.paper.content)
        self.passport.write(section, text, act())
        if before != self.passport.paper.content:
            self.signed = {}

    @rule(side=st.sampled_from(["carer", "manager"]), stale=st.booleans())
    def sign(self, side: str, stale: bool) -> None:
        digest = "0" * 64 if stale else self.passport.paper.digest
        try:
            self.passport.sign(side, digest, SECTIONS, act(CARER if side == "carer" else MANAGER))
        except CarersError:
            return
        assert not stale
        self.signed[side] = dict(self.passport.paper.content)
        if len(self.signed) == 2:
            self.agreed, self.signed = self.passport.paper.content, {}

    @rule()
    def drop(self) -> None:
        if self.passport.paper.has_changes:
            self.passport.drop_changes(act())
            self.signed = {}

    @invariant()
    def what_is_agreed_is_what_both_signed(self) -> None:
        assert self.passport.paper.agreed == self.agreed
        assert set(self.passport.paper.signatures) == set(self.signed)
        for content in self.signed.values():
            assert content == self.passport.paper.content


TestSigning = Signing.TestCase
