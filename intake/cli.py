# SPDX-License-Identifier: EUPL-1.2
"""`meldkluis-intake`: what an operator does. Desks come from files that a desk's root key has signed."""

import logging
import os
import sys
from contextlib import ExitStack, closing
from pathlib import Path
from typing import NoReturn

import click
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from intake import clock
from intake.app import create_app
from intake.blobstore.files import FileBlobStore, forget_unfinished, make_folder
from intake.checks import advice, problems, require_folder
from intake.deletion import remove_gone
from intake.deskfile import read_desk_file
from intake.errors import IntakeError
from intake.limits import CounterNames
from intake.pages import RESERVED, SHORT
from intake.serve import require_bind, require_safe_path, run
from intake.settings import Settings, load
from intake.site import load_site
from intake.store import schema
from intake.store.engine import blur, connect
from intake.store.interface import ConflictError
from intake.store.records import DeskRecord
from intake.store.sql import SqlStore

_LISTED = 10_000


@click.group(help=__doc__, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="meldkluis")
def cli() -> None:
    """Hold the commands together."""


@cli.command()
def init() -> None:
    """Make the data folder and the database's tables; refuses a folder that has something in it."""
    settings = load()
    _make(settings.data_folder)
    _upgrade(settings)
    click.echo("made the data folder and the database; next: meldkluis-intake desk add FILE")


@cli.command()
def upgrade() -> None:
    """Bring the data folder and the database's tables to this version; stop the service first."""
    _upgrade(load())
    click.echo("the database has the tables of this version")


@cli.group()
def desk() -> None:
    """Add and list desks."""


@desk.command("add")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--short", help="a name that leads to the desk: 2 to 25 letters, digits and hyphens")
def add(file: Path, short: str | None) -> None:
    """Add a desk, or its newer document, from the signed FILE of its ceremony."""
    if short is not None and (short in RESERVED or not SHORT.fullmatch(short)):
        raise IntakeError("--short: 2 to 25 of a-z, 0-9 and -, starting with a letter, and not a name of the service")
    today = clock.today()
    with closing(_store(load())) as store:
        added = read_desk_file(file.read_bytes(), today, store.desk, short)
        before = store.desk(added.record.desk, today)
        try:
            store.put_desk(added.record)
        except ConflictError as error:
            raise IntakeError(f"{error}; nothing was changed") from error
        new = sum(store.put_epoch(epoch, today) for epoch in added.epochs)
    click.echo(_said(before, added.record, new))


@desk.command("list")
def list_desks() -> None:
    """List the desks: id, version, short name."""
    with closing(_store(load())) as store:
        found = store.desks(_LISTED)
    for record in found:
        click.echo(f"{record.desk}  version {record.version}  {record.short or ''}".rstrip())


@cli.command()
def check() -> None:
    """Say what is wrong with settings, files, database and disk, and the cure of each."""
    settings = load()
    found = problems(settings) + advice(settings, clock.today())
    for problem in found:
        click.echo(problem, err=True)
    if found:
        sys.exit(1)
    click.echo("all is well")


@cli.command("serve")
@click.option("--bind", default="127.0.0.1:8000", show_default=True, help="host:port, or unix:PATH for a proxy")
def serve_command(bind: str) -> None:
    """Serve until stopped, with two workers."""
    require_bind(bind)
    require_safe_path(sys.argv[1:])
    settings = load()
    if found := problems(settings):
        raise IntakeError("\n".join(found))
    for hint in advice(settings, clock.today()):
        click.echo(hint, err=True)
    forget_unfinished(settings.blob_folder)
    blobs = FileBlobStore(settings.blob_folder)
    _finish_deletions(settings, blobs)
    site, names = load_site(settings.leave_to, settings.theme), CounterNames()

    def make() -> Flask:
        return create_app(settings, store=_store(settings), blobs=blobs, site=site, counter_names=names)

    run(make, bind, settings.data_folder)


def _finish_deletions(settings: Settings, blobs: FileBlobStore) -> None:
    """Remove what a service that was killed had still to remove."""
    with closing(_store(settings)) as store:
        remove_gone(store, blobs, store.gone_blobs())


def _said(before: DeskRecord | None, now: DeskRecord, epochs: int) -> str:
    """Return what adding changed; ``epochs`` is the number of new ones."""
    name = f"desk {now.desk}, version {now.version}"
    if before is not None and before.document_hash == now.document_hash:
        text = f"{name}, was there already; {epochs} new epochs"
    else:
        text = f"added {name}, {epochs} epochs"
    if before is not None and before.short not in {None, now.short}:
        text += f"; its short name is now {now.short}, and {before.short} no longer leads to it"
    return text


def _make(folder: Path) -> None:
    try:
        if folder.exists() and any(folder.iterdir()):
            raise IntakeError("data_folder: there is something in it already; nothing was changed. See `upgrade`")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        raise IntakeError(
            f"data_folder: cannot be made ({error.strerror}); name a folder that this user may make"
        ) from error


def _store(settings: Settings) -> SqlStore:
    require_folder(settings.data_folder)
    with ExitStack() as opened:
        database = opened.enter_context(closing(connect(settings.database)))
        schema.check(database)
        opened.pop_all()
        return SqlStore(database)


def _upgrade(settings: Settings) -> None:
    require_folder(settings.data_folder)
    os.umask(0o077)
    with closing(connect(settings.database)) as database:
        schema.upgrade(database)
    make_folder(settings.blob_folder)
    for path in settings.data_folder.iterdir():
        blur(path)


def main() -> None:
    """Run a command; a refusal is one sentence on standard error and exit code 1."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        cli(standalone_mode=True)
    except IntakeError as error:
        _give_up(str(error))
    except OSError as error:
        _give_up(f"{error.filename or 'the system'}: {error.strerror}; see meldkluis-intake check")
    except SQLAlchemyError as error:
        # Its text may hold a statement's values, or the database's address.
        _give_up(f"the database refused ({type(error).__name__}); see meldkluis-intake check")


def _give_up(sentence: str) -> NoReturn:
    click.echo(f"meldkluis-intake: {sentence}", err=True)
    sys.exit(1)


if __name__ == "__main__":
    main()
