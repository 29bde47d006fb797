# SPDX-License-Identifier: EUPL-1.2
"""The tables, however they came about, and the care that connections take."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import PoolProxiedConnection, create_engine, text

from intake.store import schema
from intake.store.engine import Database, SqliteDatabase, connect
from intake.store.interface import VersionError
from intake.store.sql import SqlStore
from intake.store.tables import entries, metadata
from support.store_records import a_log, after, first

FULL = 2


def statements(url: str) -> set[str]:
    """The statements that made a SQLite file's tables, spaces aside."""
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = connection.execute(
            text("SELECT sql FROM sqlite_master WHERE name NOT LIKE '%alembic%' AND sql NOT NULL")
        )
        found = {" ".join(row.sql.split()) for row in rows}
    engine.dispose()
    return found


def setting(connection: PoolProxiedConnection, name: str) -> object:
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA {name}")
    return cursor.fetchone()[0]  # type: ignore[index]  # a pragma has one row


def test_an_upgraded_database_equals_a_fresh_one(database: Database) -> None:
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_an_upgraded_sqlite_file_has_the_very_statements_of_a_fresh_one(tmp_path: Path) -> None:
    upgraded, fresh = (f"sqlite:///{tmp_path / name}" for name in ("upgraded", "fresh"))
    database = connect(upgraded)
    schema.upgrade(database)
    database.close()
    engine = create_engine(fresh)
    metadata.create_all(engine)
    engine.dispose()

    assert statements(upgraded) == statements(fresh)


def test_a_second_upgrade_changes_nothing(database: Database) -> None:
    schema.upgrade(database)

    schema.check(database)


def test_a_database_of_a_newer_program_is_refused(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(VersionError, match="newer version"):
        schema.check(database)
    with pytest.raises(VersionError, match="newer version"):
        schema.upgrade(database)


def test_a_database_without_tables_is_refused_with_the_cure(tmp_path: Path) -> None:
    database = connect(f"sqlite:///{tmp_path / 'empty'}")

    with pytest.raises(VersionError, match="meldkluis-intake init"):
        schema.check(database)
    database.close()


def test_every_column_says_its_meaning_and_how_long_it_stays() -> None:
    for table in metadata.tables.values():
        assert table.comment
        for column in table.columns:
            assert column.comment
            assert ";" in column.comment, f"{table.name}.{column.name} names no retention"


def test_no_column_is_finer_than_a_day() -> None:
    kinds = {str(column.type) for table in metadata.tables.values() for column in table.columns}

    assert not {kind for kind in kinds if "TIME" in kind.upper()}


def test_rows_have_random_numbers(store: SqlStore, database: Database) -> None:
    last = first(a_log())
    store.append(last)
    for _ in range(30):
        last = after(last)
        store.append(last)

    with database.reading() as connection:
        ids = list(connection.scalars(entries.select().with_only_columns(entries.c.id).order_by(entries.c.seq)))

    assert ids != sorted(ids)
    assert len(set(ids)) == 31


def test_synchronous_is_full_on_every_connection(tmp_path: Path) -> None:
    database = SqliteDatabase(f"sqlite:///{tmp_path / 'intake.sqlite3'}")

    for engine in database.engines:
        pooled = [engine.raw_connection() for _ in range(4)]
        assert [setting(one, "synchronous") for one in pooled] == [FULL] * 4
        assert [setting(one, "journal_mode") for one in pooled] == ["wal"] * 4
        for one in pooled:
            one.close()
    with database.writing() as writer, database.reading() as reader:
        assert [one.exec_driver_sql("PRAGMA synchronous").scalar_one() for one in (writer, reader)] == [FULL, FULL]
    database.close()


def test_postgresql_acknowledges_only_what_the_disk_has(postgres_url: str) -> None:
    database = connect(postgres_url)

    with database.writing() as writer:
        assert writer.exec_driver_sql("SHOW synchronous_commit").scalar_one() == "on"
    database.close()


def test_the_database_files_tell_the_day_only(tmp_path: Path) -> None:
    database = SqliteDatabase(f"sqlite:///{tmp_path / 'intake.sqlite3'}")
    schema.upgrade(database)
    SqlStore(database).append(first(a_log()))

    written = {path.name: datetime.fromtimestamp(path.stat().st_mtime, UTC).time() for path in tmp_path.iterdir()}
    database.close()

    midnight = datetime.min.time()
    assert {written[name] for name in ("intake.sqlite3", "intake.sqlite3-wal", "intake.sqlite3.lock")} == {midnight}


def test_the_lock_file_is_its_owners_alone(tmp_path: Path) -> None:
    database = SqliteDatabase(f"sqlite:///{tmp_path / 'intake.sqlite3'}")
    schema.upgrade(database)
    database.close()

    assert stat.S_IMODE((tmp_path / "intake.sqlite3.lock").stat().st_mode) == 0o600
