"""The words of the ``carers`` command that only the demonstration has: a token, a world, and the date."""

from __future__ import annotations

from math import isnan
from typing import Any

import click

from shared.runtime.settings import Settings


@click.command()
@click.option("--person", default="", help="The person's identifier: the last part of the address of their record.")
@click.option("--organisation", required=True, help="The organisation's short name, such as cabinet-office.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice(["hr", "payroll", "statistics", "operator"]),
    help="You can use it more than once.",
)
def token(person: str, organisation: str, roles: tuple[str, ...]) -> None:
    """Print a token for scripts.

    In the demonstration only: what a person can do, a script can do as that person.

    Without a person it has its roles alone; with one, that person's own things too.

    \b
    Example:
      TOKEN=$(carers token --organisation cabinet-office --role hr)
      curl -H "Authorization: Bearer $TOKEN" localhost:8080/api/workforce/staff
    """
    from shared.kernel.errors import SettingsError
    from shared.web.actor import Actor
    from shared.web.keys import load_keys
    from shared.web.tokens import issue_session

    settings = Settings.read()
    if not settings.demonstration:
        raise SettingsError("You can only make tokens here in the demonstration. Sign in to get one.")
    actor = Actor(person, organisation, frozenset({*roles, *(("carer",) if person else ())}))
    click.echo(issue_session(load_keys(settings), actor, instance=settings.instance))


class Scale(click.FloatRange):
    """A number within bounds; "nan" is none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        number = super().convert(value, param, ctx)
        if isnan(number):
            self.fail(f"{value!r} is not a number.", param, ctx)
        return number


@click.group(invoke_without_command=True)
@click.option(
    "--organisations",
    type=click.IntRange(1, 12),
    default=12,
    show_default=True,
    help="With a history.",
)
@click.option("--scale", type=Scale(0.02, 2.0), default=1.0, show_default=True, help="Of their staff: 0.5 is half.")
@click.option("--years", type=click.IntRange(1, 5), default=5, show_default=True, help="Calendar years, this one too.")
@click.option(
    "--seed",
    type=click.IntRange(0),
    default=2024,
    show_default=True,
    help="Another number makes another world.",
)
@click.option("--unless-made", is_flag=True, help="Do nothing where there are records already.")
@click.option("--begun", is_flag=True, hidden=True, help="By 'carers up', which holds the folder.")
@click.pass_context
def demo(
    ctx: click.Context, organisations: int, scale: float, years: int, seed: int, unless_made: bool, begun: bool
) -> None:
    """Make the demonstration's world.

    In a deployment that has recorded nothing yet: years of staff, passports, leave, training, provisions and awards of
    real organisations with invented people. 'carers up' does so at a first start. On PostgreSQL, make it
    before the processes are started.

    Example:  carers demo --organisations 3 --scale 0.2 --years 3
    """
    if ctx.invoked_subcommand is not None:
        return
    from datetime import UTC, datetime

    from shared.demonstration.loading import load
    from shared.demonstration.plan import Plan

    now = datetime.now(UTC).replace(microsecond=0)
    load(Settings.read(), Plan(now, organisations, scale, years, seed), begun=begun, unless_made=unless_made)


@demo.command("reset")
@click.option("--yes", is_flag=True, help="Do not ask.")
def demo_reset(yes: bool) -> None:
    """Take away everything that the demonstration recorded.

    With everything stopped. The next 'carers up' or 'carers demo' makes a new world.
    """
    from shared.demonstration.loading import start_anew

    def agree() -> None:
        if not yes:
            click.confirm("Everything that this demonstration recorded will be deleted. Go on?", abort=True)

    start_anew(Settings.read(), agree)
    click.echo("Everything is taken away. 'carers up' makes a new world, 'carers demo --help' says how to choose one.")


@click.command()
@click.option("--days", type=click.IntRange(1, 366), default=1, show_default=True, help="How many days to move.")
@click.option("--week", "how", flag_value="week", help="Move seven days.")
@click.option("--month-end", "how", flag_value="month-end", help="Move to the last day of the month.")
@click.option("--next", "how", flag_value="next", help="Move to the day on which the next thing happens.")
def clock(days: int, how: str | None) -> None:
    """Move the demonstration's date.

    Forward, a day at a time, waiting until every service has caught up. One move at a time, here or on the page.

    \b
    Examples:
      carers clock --days 3
      carers clock --next
    """
    from shared.process.demonstration import advance

    advance(Settings.read(), how or "day", days, tell=click.echo)
