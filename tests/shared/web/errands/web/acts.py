"""What people can do with errands."""

from shared.web.access import allow, relations_to
from shared.web.actor import Actor
from shared.web.acts import Act, Payload
from tests.shared.web.errands.commands import Write
from tests.shared.web.errands.web.access import ACCESS
from tests.shared.web.errands.web.schemas import WriteSchema, WrittenSchema


def _own(actor: Actor) -> None:
    allow(ACCESS, actor, "write", relations_to(actor, person=actor.person))


def _write(actor: Actor, _: None, given: Payload) -> Write:
    return Write(given["day"], given["part"], actor.person)


WRITE = Act(
    name="write",
    about="Write down an errand.",
    schema=WriteSchema,
    answer=WrittenSchema,
    status=201,
    admit=_own,
    make=_write,
    refusal_field="day",
)
