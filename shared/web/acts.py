"""Acts: every command that people can give, declared once; the API's route and the page's form both come from it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeAlias, TypeVar
from uuid import UUID

import marshmallow as ma
from werkzeug import Response

from shared.kernel.errors import CarersError, RefusedError
from shared.kernel.events import Payload
from shared.store.commands import Answer
from shared.web.actor import Actor, current_actor
from shared.web.commands import run, see_other
from shared.web.forms import Form, form_for
from shared.web.schemas import EmptySchema

Subject = TypeVar("Subject")
Command = TypeVar("Command")


Onward: TypeAlias = tuple[str, str]
"""Where the browser goes after an act, and the sentence that is told there."""


Make: TypeAlias = Callable[[Actor, object, Payload], Command]


def by_actor(command: Callable[..., Command]) -> Make[Command]:
    """Makes a command of what was given, by whoever gives it."""
    return lambda actor, _, given: command(by=actor.person, **given)


def in_organisation(command: Callable[..., Command]) -> Make[Command]:
    """The same, in the organisation for which the actor acts."""
    return lambda actor, _, given: command(organisation=actor.organisation, by=actor.person, **given)


def about_oneself(command: Callable[..., Command]) -> Make[Command]:
    """The same, about the person who gives it."""
    return lambda actor, _, given: command(person=actor.person, by=actor.person, **given)


@dataclass(frozen=True)
class Admitted(Generic[Subject]):
    """That an act's own check let somebody at its subject: ``Act.let`` alone makes it, and nothing is done without it.

    ``named``: what the check was asked about, such as a person.
    """

    actor: Actor
    subject: Subject
    named: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Act(Generic[Subject, Command]):
    """A command that people can give.

    ``name``: its endpoint. ``about``: one sentence for programs. ``answer``: the schema of what they are told, one of
    the service whose command it is, with ``status``. ``admit``: lets an actor at the act's subject, which it finds by
    the names that it takes after the actor; raises where it may not. ``make``: makes the command, and nothing else
    does. ``schema``: what is sent, None for nothing.

    ``error_fields``: by the code of an error, or by the field that it names, the form's field beside which it is told;
    ``refusal_field``: the one of every other refusal, None for the form as a whole.
    """

    name: str
    about: str
    answer: type[ma.Schema]
    admit: Callable[..., Subject]
    make: Callable[[Actor, Subject, Payload], Command]
    schema: type[ma.Schema] | None = None
    status: int = 200
    error_fields: Mapping[str, str] = field(default_factory=dict)
    refusal_field: str | None = None

    @property
    def service(self) -> str:
        """The service whose command it is: the one in whose ``web`` folder the answer's schema stands."""
        return self.answer.__module__.split(".")[-3]

    def let(self, **named: str | UUID) -> Admitted[Subject]:
        """Let whoever sent this request at the subject that the names find; raises what access raises."""
        actor, plain = current_actor(), _plain(named)
        return Admitted(actor, self.admit(actor, **plain), plain)

    def let_by(self, given: Payload) -> Admitted[Subject]:
        """The same, of all that was sent taking the names for which access asks."""
        names = tuple(inspect.signature(self.admit).parameters)[1:]
        return self.let(**{name: given[name] for name in names})

    def form(self, *address: str, values: Payload | None = None) -> Form:
        """The act's form on a page whose address says these of the fields."""
        return form_for((self.schema or EmptySchema)(exclude=address), values)

    def command(self, let: Admitted[Subject], given: Payload) -> Command:
        """The command, not given yet: for trying it out."""
        return self.make(let.actor, let.subject, {**let.named, **_plain(given)})

    def do(self, let: Admitted[Subject], given: Payload) -> Answer:
        """Give the command of this request once; what the application raises passes through."""
        return run(self.service, self.command(let, given))

    def submit(
        self, form: Form, let: Admitted[Subject], then: Onward | Callable[[Answer], Onward], **address: object
    ) -> Response | None:
        """Do what a form asks, and lead on; None where it asks nothing yet, or now says what is wrong with it.

        A page may ask more than the act takes. ``address``: what the page's address says of what is sent.
        """
        if not form.submitted or not form.valid:
            return None
        taken = self.schema().fields if self.schema else {}
        given = {name: value for name, value in form.data.items() if name in taken}
        try:
            answer = self.do(let, {**given, **address})
        except CarersError as error:
            self.told(form, error)
            return None
        return self._lead_on(answer, then)

    def press(self, let: Admitted[Subject], then: Onward | Callable[[Answer], Onward], **address: object) -> Response:
        """Do what a button without a form asks, and lead on; a refusal is told on a page of its own."""
        return self._lead_on(self.do(let, address), then)

    def told(self, form: Form, error: CarersError) -> None:
        """Let a form tell an error beside its field; raises it again where it is none of the form's.

        The field is the one that the error names, or that the act names for it; what the form does not ask is told of
        the form as a whole. A refusal is the form's in any case, and other errors where one of the two names a field.
        """
        named = error.data.get("field", "")
        if named in form.schema.fields:
            place = named
        elif known := [self.error_fields[name] for name in (named, error.code_) if name in self.error_fields]:
            place = known[0]
        elif isinstance(error, RefusedError):
            place = self.refusal_field
        else:
            raise error
        form.refuse(error.message, field=place if place in form.schema.fields else None)

    def _lead_on(self, answer: Answer, then: Onward | Callable[[Answer], Onward]) -> Response:
        return see_other(self.service, answer, *(then if isinstance(then, tuple) else then(answer)))


def _plain(given: Payload) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, UUID) else value for name, value in given.items()}
