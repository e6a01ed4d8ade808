"""Commands around the workbench: serve it, and say who may come in."""

from __future__ import annotations

import getpass
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from standoff.errors import StandoffError, UsageError

if TYPE_CHECKING:
    from standoff.people import Register
    from standoff.record.address import Address

ACTIONS = ("list", "add", "invite", "role", "close", "reopen", "password")
NEEDS = 'the page needs more packages: run `pip install "standoff[web]"`'

SituationArg = Annotated[
    str, typer.Argument(help="A file NAME.standoff, or postgresql://USER@HOST/DATABASE?schema=NAME")
]


def serve(
    situation: SituationArg,
    host: Annotated[str, typer.Option(help="Address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 picks a free one")] = 8737,
    url: Annotated[
        str | None, typer.Option(help="The https address people type, where a proxy stands before this")
    ] = None,
    tls_cert: Annotated[Path | None, typer.Option(help="A certificate (PEM), to serve https")] = None,
    tls_key: Annotated[Path | None, typer.Option(help="Its key (PEM)")] = None,
) -> None:
    """Open the situation as a page: read, correct, watch disputes and the ledger, hand out a brief.

    On this machine alone it needs no account: open the address that is printed. With accounts (`people`)
    everybody signs in.
    """
    try:
        from standoff.web import Served
        from standoff.web import serve as run
        from standoff.web.served import check
    except ModuleNotFoundError as error:
        raise StandoffError(f"{error.name} is not installed", todo=NEEDS) from None
    from standoff.situation import Situation

    served = Served(host=host, port=port, url=url, tls_cert=tls_cert, tls_key=tls_key)
    people = _register(situation, make=False)
    check(served, accounts=people is not None)
    with Situation.open(situation, create=False) as record:
        try:
            run(record, situation, people, served, login(), _announce)
        finally:
            record.publish()


def people(
    situation: SituationArg,
    action: Annotated[str, typer.Argument(help=", ".join(ACTIONS))] = "list",
    name: Annotated[str | None, typer.Argument(help="Whom it is about")] = None,
    role: Annotated[str, typer.Option(help="reader, reviewer or owner")] = "reviewer",
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Take the password from standard input")
    ] = False,
) -> None:
    """Say who may use a situation's page: accounts with a role each, and invitations.

    Readers look, reviewers decide and add reports, owners invite. Accounts stand in NAME.people beside the
    file (in a database: in tables of their own), never in the record.
    """
    if action not in ACTIONS:
        raise UsageError(f"{action!r} is nothing to do with people", todo=f"one of {', '.join(ACTIONS)}")
    if "://" not in situation and not Path(situation).exists():
        raise UsageError("there is no such situation", where=str(situation), todo="check its name")
    held = _register(situation, make=True)
    if held is None:
        raise StandoffError("there are no accounts")
    try:
        _DO[action](held, name, role, password_stdin)
    finally:
        held.close()


def _register(situation: str, *, make: bool) -> Register | None:
    """The accounts of a situation; None where there are none and none are to be made."""
    try:
        from standoff.people import Register
        from standoff.people.register import path_beside
    except ModuleNotFoundError as error:
        raise StandoffError(f"{error.name} is not installed", todo=NEEDS) from None
    from standoff.record.address import address_of

    address = address_of(situation)
    if address is not None:
        held = Register.at(partial(_connection, address), address.shown, make=make)
    elif not make and not path_beside(Path(situation)).exists():
        held = None
    else:
        held = Register.beside(Path(situation))
    if held is None or make or held.people():
        return held
    held.close()
    return None


def _connection(address: Address) -> Any:  # noqa: ANN401  (psycopg's, which need not be installed)
    """A connection that looks in the situation's schema; transactions are SQLAlchemy's to begin and end."""
    from standoff.record.postgres import connect

    made = connect(address, write=True)
    made.autocommit = False
    return made


def _list(held: Register, _name: str | None, _role: str, _stdin: bool) -> None:
    for each in held.people():
        typer.echo(f"{each.name}: {each.role}{'' if each.active else ', closed'}")
    for one in held.invitations():
        typer.echo(f"invited by {one.by}, until {one.until}: {one.role}")


def _add(held: Register, name: str | None, role: str, stdin: bool) -> None:
    made = held.add(_named(name), _role(role), _password(stdin))
    typer.echo(f"{made.name} can sign in now, as {made.role}", err=True)


def _invite(held: Register, _name: str | None, role: str, _stdin: bool) -> None:
    token = held.invite(_role(role), login())
    typer.echo(f"/join#{token}")
    typer.echo("put the page's address before it and send it on: it holds once, for three days", err=True)


def _change(held: Register, name: str | None, role: str, _stdin: bool) -> None:
    made = held.change(_found(held, name), role=_role(role))
    typer.echo(f"{made.name} is {made.role} now", err=True)


def _close(held: Register, name: str | None, _role: str, _stdin: bool) -> None:
    typer.echo(f"{held.change(_found(held, name), active=False).name} cannot sign in any more", err=True)


def _reopen(held: Register, name: str | None, _role: str, _stdin: bool) -> None:
    typer.echo(f"{held.change(_found(held, name), active=True).name} can sign in again", err=True)


def _set_password(held: Register, name: str | None, _role: str, stdin: bool) -> None:
    held.set_password(_found(held, name), _password(stdin))
    typer.echo("the password is changed, and open sessions have ended", err=True)


_DO = {
    "list": _list,
    "add": _add,
    "invite": _invite,
    "role": _change,
    "close": _close,
    "reopen": _reopen,
    "password": _set_password,
}


def _named(name: str | None) -> str:
    if not name:
        raise UsageError("whom?", todo="give a name after the action")
    return name


def _found(held: Register, name: str | None) -> int:
    from standoff.people.register import folded

    wanted = folded(_named(name))
    found = next((each for each in held.people() if folded(each.name) == wanted), None)
    if found is None:
        raise UsageError("nobody has an account of that name", where=name, todo="standoff people SITUATION")
    return found.id


def _role(role: str) -> Any:  # noqa: ANN401  (a Role, checked here)
    from standoff.people.opened import ROLES

    if role not in ROLES:
        raise UsageError(f"{role!r} is no role", where="--role", todo=f"one of {', '.join(ROLES)}")
    return role


def _password(stdin: bool) -> str:
    if stdin:
        return sys.stdin.readline().rstrip("\n")
    if not sys.stdin.isatty():
        raise UsageError("there is no terminal to ask for a password", todo="pass --password-stdin")
    given = getpass.getpass("Password: ")
    if getpass.getpass("Again: ") != given:
        raise UsageError("the two are not the same", where="password", todo="try again")
    return given


def _announce(address: str) -> None:
    typer.echo(f"open {address}", err=True)


def login() -> str:
    """Who uses this machine, to sign decisions."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"
