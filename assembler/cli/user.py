"""``assembler user``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from assembler.base.messages import fill, translate
from assembler.base.settings import find_settings
from assembler.cli.paths import FOLDER, NEW_FOLDER
from assembler.cli.say import give, say
from assembler.cli.serve import HOME_NAME, need_web_parts
from assembler.cli.spoken import Group

_ROLES = ("officer", "department", "reviewer", "signer", "secretary", "admin")


@dataclass(frozen=True)
class _Where:
    """Whose people are meant, as it was typed."""

    cases: Path
    home: Path | None
    database: str

    def ready(self) -> None:
        """Makes the database ready. Only what a subcommand does asks for it: help and refusals leave no trace."""
        need_web_parts()
        from assembler.web.serve import made_ready
        from assembler.web.site import Site

        settings, home = find_settings(), self.home or self.cases / HOME_NAME
        made_ready(
            Site(self.cases.resolve(), home.resolve(), settings.specs, settings.templates, database=self.database)
        )


@click.group("user", cls=Group)
@click.option("--cases", type=FOLDER, default=".", show_default=True, help="The folder of cases that is served.")
@click.option("--home", type=NEW_FOLDER, help="Folder of the database; .site among the cases when left out.")
@click.option("--database", default="", help="postgresql://user:password@host/name; SQLite when left out.")
@click.pass_context
def command(context: click.Context, cases: Path, home: Path | None, database: str) -> None:
    """The people who may sign in to the site of `assembler serve`."""
    context.obj = _Where(cases, home, database)


@command.command("add")
@click.argument("name")
@click.option("--shown", default="", help="What others read.")
@click.option("--role", "roles", type=click.Choice(_ROLES), multiple=True, required=True, help="May be repeated.")
@click.option("--unit", "units", multiple=True, help="A unit of units.yaml he answers for; may be repeated.")
@click.pass_obj
def add(where: _Where, name: str, shown: str, roles: tuple[str, ...], units: tuple[str, ...]) -> None:
    """Add somebody; his first password is printed, and he must change it."""
    where.ready()
    from assembler.web import history, people

    password = people.new_password()
    user = people.added(name, shown, password, roles, units)
    history.note("user-added", None, "console", after=f"{user.username}: {', '.join(user.roles)}")
    _tell(user.username, password)


@command.command("list")
@click.pass_obj
def show(where: _Where) -> None:
    """List the people of the site."""
    where.ready()
    from assembler.web import people

    for user in people.people():
        roles = "، ".join(people.role_word(role) for role in user.roles)
        closed = "" if user.is_active else f" ({translate('closed')})"
        say(f"{user.username}  {user.shown}  {roles}{closed}")


@command.command("reset")
@click.argument("name")
@click.pass_obj
def reset(where: _Where, name: str) -> None:
    """Give somebody a new password and sign him out everywhere."""
    where.ready()
    from assembler.web import history, people, ways_in

    user, password = people.of_name(name), people.new_password()
    user.is_active = True
    people.give_password(user, password)
    ways_in.opened_again(user.username)
    history.note("password", None, "console", after=user.username)
    _tell(user.username, password)


@command.command("sign-out")
@click.argument("name")
@click.pass_obj
def sign_out(where: _Where, name: str) -> None:
    """Sign somebody out wherever he is signed in."""
    where.ready()
    from assembler.web import history, people

    people.revoke(people.of_name(name))
    history.note("user-changed", None, "console", after=name)
    say(fill("{name} is signed out everywhere.", name=name))


def _tell(name: str, password: str) -> None:
    say(fill("{name} signs in with this password and then changes it:", name=name))
    give(password)
