import subprocess
import sys

import pytest

from shared.contracts import types
from shared.contracts.catalogue import CONTRACTS
from shared.contracts.types import ABOUT_NO_PERSON, TYPES, dataschema_of, publisher_of

ALL = [event_type for names in TYPES.values() for event_type in names]


def test_every_type_is_published_once_and_by_the_service_that_it_names() -> None:
    assert len(ALL) == len(set(ALL))
    assert all(publisher_of(event_type) == publisher for publisher, names in TYPES.items() for event_type in names)
    assert set(ALL) >= ABOUT_NO_PERSON


def test_every_constant_is_in_the_table_and_every_type_has_a_contract() -> None:
    constants = {value for value in vars(types).values() if isinstance(value, str) and value.startswith("carers.")}
    assert constants == set(ALL) == set(CONTRACTS)


def test_a_type_tells_the_name_of_its_schema() -> None:
    assert dataschema_of("carers.leave.taken.v12") == "urn:carers:leave:taken:v12"


@pytest.mark.parametrize("text", ["", "carers.leave.taken", "carers.leave.taken.v0", "carers.Leave.taken.v1", "x" * 50])
def test_what_is_no_type_of_ours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not written"):
        publisher_of(text)


def test_types_are_importable_without_marshmallow() -> None:
    program = "import sys; import shared.contracts.types; sys.exit('marshmallow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
