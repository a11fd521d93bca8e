"""``carers parked``: events that were set aside, to look at, to retry and to dismiss."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from shared.runtime.service import installed
from shared.runtime.settings import Settings
from shared.runtime.wiring import wire


@click.group()
def parked() -> None:
    """Manage events that are set aside.

    An event that fails is tried five times within a minute and then parked. Later events about the same person wait
    behind it; events about everybody else continue. Retry it when the cause is fixed, or dismiss it with a reason.

    An exception is an event that was acted on before its source was restored from a backup that does not have it.
    What was done stays done: check it, correct what you must, then dismiss it with a reason.
    """


def _each_read(action: Callable[[object], bool]) -> None:
    """Do it on the service that the name belongs to."""
    from shared.kernel.errors import NotFoundError

    settings = Settings.read()
    for service in installed().values():
        wiring = wire(service, settings, settings.clock())
        try:
            if action(wiring.stores.read):
                return
        except NotFoundError:
            continue
        finally:
            wiring.close()
    raise NotFoundError("Nothing with that name is set aside. See 'carers parked list'.")


@parked.command("list")
def parked_list() -> None:
    """List everything that is set aside."""
    from shared.store.parking import list_set_aside

    settings = Settings.read()
    found = 0
    for service in installed().values():
        wiring = wire(service, settings, settings.clock())
        for item in list_set_aside(wiring.stores.read):
            found += 1
            click.echo(f"{item.name}  {item.state}  {item.type or 'undecodable message'}  {item.error}")
        wiring.close()
    if not found:
        click.echo("Nothing is set aside.")


@parked.command("show")
@click.argument("name")
def parked_show(name: str) -> None:
    """Show one of them as it was received, as JSON."""
    import json

    from shared.store.parking import show

    def shown(read: Any) -> bool:
        click.echo(json.dumps(show(read, name), indent=2))
        return True

    _each_read(shown)


@parked.command("retry")
@click.argument("name")
def parked_retry(name: str) -> None:
    """Try one of them again.

    The worker does so within a second.
    """
    from shared.store.parking import retry

    def again(read: Any) -> bool:
        retry(read, name)
        return True

    _each_read(again)
    click.echo(f"{name} will be tried again.")


@parked.command("dismiss")
@click.argument("name")
@click.option("--reason", required=True, help="Why it is dismissed. The reason is kept with it.")
def parked_dismiss(name: str, reason: str) -> None:
    """Dismiss one of them with a reason.

    What waited behind it is applied.
    """
    from shared.store.parking import dismiss

    def given_up(read: Any) -> bool:
        dismiss(read, name, reason)
        return True

    _each_read(given_up)
    click.echo(f"{name} is dismissed.")
