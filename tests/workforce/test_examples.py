"""The example files are what the tool makes, so they go with the formats that they are examples of."""

from __future__ import annotations

import pytest

from tools.make_examples import FILES, FOLDER


@pytest.mark.parametrize("name", FILES)
def test_an_example_is_as_the_tool_makes_it(name: str) -> None:
    assert (FOLDER / name).read_bytes() == FILES[name]()
