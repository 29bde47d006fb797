# SPDX-License-Identifier: EUPL-1.2
"""Brings a database to this program's schema, and refuses one of another version.

There is one way to make the tables, new or old: the migrations. A test holds them against `tables.py`.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from intake.store.engine import Database
from intake.store.interface import VersionError

_FOLDER = Path(__file__).parent / "migrations"


def upgrade(database: Database) -> None:
    """Make or change the tables to this program's schema; one transaction.

    Raises:
        VersionError: a newer program made them.
    """
    with database.writing() as connection:
        _refuse_newer(connection)
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def check(database: Database) -> None:
    """Return when the tables are those of this program.

    Raises:
        VersionError: they are missing, older or newer; the message names the cure.
    """
    with database.reading() as connection:
        _refuse_newer(connection)
        current = _current(connection)
    if current is None:
        raise VersionError("the database has no tables: run meldkluis-intake init")
    if current != ScriptDirectory.from_config(_config()).get_current_head():
        raise VersionError("the database has the tables of an older version: run meldkluis-intake upgrade")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    return config


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _refuse_newer(connection: Connection) -> None:
    current = _current(connection)
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if current is not None and current not in known:
        raise VersionError("the database was made by a newer version of this program: install that version")
