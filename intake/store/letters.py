# SPDX-License-Identifier: EUPL-1.2
"""Letters over SQL: what waits for each desk, and the grants by which its members open a case of it.

A letter takes its room before its parts come, and is listed once they are whole. What was announced and did not
come, and what no key opens any more, is stale.
"""

from datetime import date, timedelta

from sqlalchemy import Connection, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from intake.store.engine import Database
from intake.store.interface import ConflictError, FullError
from intake.store.records import Letter
from intake.store.tables import desks, letters, openings

_UNFINISHED = timedelta(days=1)
"""A letter's parts come with one request, so one that is of another day will not be finished by it."""
_COLUMNS = (letters.c.letter, letters.c.desk, letters.c.day, letters.c.until, letters.c.size, letters.c.whole)


class SqlLetters:
    """The letters of `intake.store.interface.Store` over a `Database`."""

    database: Database

    def announce_letter(self, letter: Letter, most: int, most_bytes: int) -> None:
        with self.database.writing() as connection:
            # Locking the desk's row first makes writers of one desk wait for each other.
            connection.execute(select(desks.c.revision).where(desks.c.desk == letter.desk).with_for_update())
            if _find(connection, letter.letter) is not None:
                unfinished = (letters.c.letter == letter.letter) & ~letters.c.whole
                connection.execute(update(letters).where(unfinished).values(day=letter.day, until=letter.until))
                return
            waiting = select(func.count(), func.coalesce(func.sum(letters.c.size), 0))
            number, size = connection.execute(waiting.where(letters.c.desk == letter.desk)).one()
            if number >= most or size + letter.size > most_bytes:
                raise FullError("as many letters wait for this desk as may")
            connection.execute(insert(letters), {column.name: getattr(letter, column.name) for column in _COLUMNS})

    def letter_arrived(self, letter: str) -> bool:
        with self.database.writing() as connection:
            done = connection.execute(update(letters).where(letters.c.letter == letter).values(whole=True))
        return done.rowcount > 0

    def letter(self, letter: str) -> Letter | None:
        with self.database.reading() as connection:
            return _find(connection, letter)

    def letters(self, desk: str, today: date) -> list[Letter]:
        wanted = (letters.c.desk == desk, letters.c.whole, letters.c.until >= today)
        with self.database.reading() as connection:
            return [Letter(*row) for row in connection.execute(select(*_COLUMNS).where(*wanted).order_by(_COLUMNS[0]))]

    def open_letter(self, letter: str, key: bytes, frame: bytes) -> bool:
        with self.database.writing() as connection:
            connection.execute(select(letters.c.letter).where(letters.c.letter == letter).with_for_update())
            own = (openings.c.letter == letter, openings.c.key == key)
            known = connection.scalar(select(openings.c.frame).where(*own))
            if known is not None and known != frame:
                raise ConflictError("this member has opened the letter already, by another grant")
            if known is not None:
                return False
            place = connection.scalar(select(func.count()).where(openings.c.letter == letter)) or 0
            row = {"letter": letter, "key": key, "place": place + 1, "frame": frame}
            try:
                connection.execute(insert(openings), row)
            except IntegrityError as error:
                raise ConflictError("the letter is gone") from error
        return True

    def letter_openings(self, letter: str) -> list[bytes]:
        found = select(openings.c.frame).where(openings.c.letter == letter).order_by(openings.c.place)
        with self.database.reading() as connection:
            return list(connection.scalars(found))

    def stale_letters(self, today: date, limit: int) -> list[str]:
        unfinished = (letters.c.day < today - _UNFINISHED) & ~letters.c.whole
        stale = select(letters.c.letter).where(or_(letters.c.until < today, unfinished)).limit(limit)
        with self.database.reading() as connection:
            return list(connection.scalars(stale))

    def forget_letter(self, letter: str) -> None:
        with self.database.writing() as connection:
            connection.execute(delete(openings).where(openings.c.letter == letter))
            connection.execute(delete(letters).where(letters.c.letter == letter))


def _find(connection: Connection, letter: str) -> Letter | None:
    row = connection.execute(select(*_COLUMNS).where(letters.c.letter == letter)).one_or_none()
    return None if row is None else Letter(*row)
