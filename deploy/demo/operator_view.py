# SPDX-License-Identifier: EUPL-1.2
"""What the operator of the intake sees: its rows and files, live, beside the story that they tell.

Part of the demo only. It reads the intake's SQLite file and data folder, never writes, and is given no key.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, render_template

SHOWN_BYTES = 6
SHOWN_ROWS = 60
SHOWN_CHARACTERS = 34
CONTENT_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'"

STORY = """
    select entries.log, logs.kind, entries.seq, entries.day, entries.by, length(entries.frame) as size
    from entries join logs on logs.log = entries.log
    order by entries.day, logs.kind desc, entries.log, entries.seq
"""
TOLD = {
    ("mailbox", "reporter", True): (
        "Somebody opened a mailbox.",
        "Who, from where, at what hour, about what: not in here.",
    ),
    ("mailbox", "reporter", False): (
        "The same somebody added something.",
        "An answer, or anything else; it has the size of its box.",
    ),
    ("mailbox", "committee", False): (
        "The committee added something.",
        "An opening of the case, or a message; you cannot read it.",
    ),
    ("case", "member", True): ("A member opened a case log.", "Which mailbox it belongs to is sealed inside."),
    ("case", "committee", False): (
        "A holder of the case added something.",
        "A protocol step, a note, a message: one looks like the other.",
    ),
}


@dataclass(frozen=True)
class Table:
    """One table as the operator can read it: cells are text, long bytes are cut and measured."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int


@dataclass(frozen=True)
class Moment:
    """One entry, and all that the intake's rows tell about it."""

    log: str
    day: str
    size: int
    what: str
    hidden: str


@dataclass(frozen=True)
class StoredFile:
    """One file of the intake's data folder; ``size`` in bytes."""

    name: str
    size: int


def create_view(folder: Path, database: Path) -> Flask:
    """The view over one intake's data folder."""
    app = Flask(__name__)

    @app.get("/")
    def page() -> str:
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            return render_template(
                "operator.html",
                story=list(story(connection)),
                tables=list(tables(connection)),
                files=list(files(folder)),
            )

    @app.after_request
    def strict(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = CONTENT_POLICY
        response.headers["Cache-Control"] = "no-store"
        return response

    return app


def story(connection: sqlite3.Connection) -> Iterator[Moment]:
    """What the rows tell, one moment for each entry; the order within a day is the order of random ids."""
    for row in connection.execute(STORY):
        what, hidden = TOLD.get((row["kind"], row["by"], row["seq"] == 1), ("An entry was added.", "It is sealed."))
        yield Moment(row["log"], row["day"], row["size"], what, hidden)


def tables(connection: sqlite3.Connection) -> Iterator[Table]:
    """Every table of the intake, its rows in the order in which the database gives them."""
    names = [
        row["name"] for row in connection.execute("select name from sqlite_master where type = 'table' order by name")
    ]
    for name in names:
        # The name comes from the database's own schema, never from a request.
        rows = connection.execute(f'select * from "{name}"').fetchall()  # noqa: S608 - see the line above
        columns = tuple(rows[0].keys()) if rows else ()
        yield Table(name, columns, tuple(cells(row) for row in rows[:SHOWN_ROWS]), len(rows))


def cells(row: Mapping[str, object] | sqlite3.Row) -> tuple[str, ...]:
    """The values of a row as an operator's tool would print them."""
    return tuple(cell(row[name]) for name in row.keys())  # noqa: SIM118 - a sqlite3.Row iterates over its values


def cell(value: object) -> str:
    """One value: bytes in hexadecimal, cut and measured when they are long."""
    if isinstance(value, bytes):
        head = value[:SHOWN_BYTES].hex(" ")
        return head if len(value) <= SHOWN_BYTES else f"{head} … ({len(value):,} bytes)"
    text = "–" if value is None else str(value)
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}…"


def files(folder: Path) -> Iterator[StoredFile]:
    """Every file below the data folder."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield StoredFile(path.relative_to(folder).as_posix(), path.stat().st_size)
