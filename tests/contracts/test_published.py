"""What the services' tables of published events say is what the contracts know."""

import pytest

from shared.contracts.types import TYPES
from shared.runtime.service import installed

SERVICES = installed()


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_publishes_exactly_the_types_that_the_contracts_have_for_it(name: str) -> None:
    published = SERVICES[name].part("published").PUBLISHED
    assert {entry.type for entry in published.values()} == set(TYPES.get(name, ()))


def test_every_publisher_is_a_service() -> None:
    assert TYPES.keys() <= SERVICES.keys()
