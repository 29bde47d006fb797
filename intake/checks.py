# SPDX-License-Identifier: EUPL-1.2
"""What may be wrong with an intake before it serves; each problem is one sentence with its cure."""

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from intake.blobstore.files import is_made
from intake.errors import IntakeError, SettingsError
from intake.security import security_advice
from intake.settings import Settings
from intake.site import load_site
from intake.space import is_short
from intake.store import schema
from intake.store.engine import connect

_FULL = 2
_OTHERS = 0o077
_USABLE = os.R_OK | os.W_OK | os.X_OK
_NO_FOLDER = "data_folder: is not there; run meldkluis-intake init"


def problems(settings: Settings) -> list[str]:
    """Return what is wrong, an empty list when all is well."""
    found = list(_folder(settings))
    found += _failures(lambda: _pages(settings))
    if not found or settings.database_url:
        found += _failures(lambda: _database(settings.database))
    return found


def advice(settings: Settings, today: date) -> list[str]:
    """Return what hampers an intake that can serve all the same."""
    found = []
    if settings.data_folder.is_dir() and is_short(settings):
        least = f"less than {settings.free_space_mb} MB free"
        found.append(f"free_space_mb: the data folder's disk has {least}, so reporters are refused; make room")
    public = any(origin.startswith("https://") for origin in settings.origins)
    if public:
        found += security_advice(settings, today)
    if settings.proxy_hops == 0 and public:
        found.append(
            "proxy_hops: is 0, but https needs a proxy in front, so all its visitors count as one client;"
            " let the proxy append to X-Forwarded-For and set proxy_hops = 1"
        )
    return found


def require_folder(folder: Path) -> None:
    """Return when the data folder is there.

    Raises:
        SettingsError: it is not; the message names the cure.
    """
    if not folder.is_dir():
        raise SettingsError(_NO_FOLDER)


def _folder(settings: Settings) -> Iterator[str]:
    folder, blobs = settings.data_folder, settings.blob_folder
    if not folder.is_dir():
        yield _NO_FOLDER
        return
    for path in (folder, *folder.iterdir()):
        if path.stat().st_mode & _OTHERS:
            yield f"data_folder: other users can open {path.name}; run chmod -R go= on the folder"
    if not is_made(blobs):
        yield f"data_folder: the folder {blobs.name} in it is not there or not whole; run meldkluis-intake upgrade"
    elif not os.access(blobs, _USABLE):
        yield f"data_folder: this user cannot write in {blobs.name}; run chown -R on the folder"


def _failures(action: Callable[[], object]) -> Iterator[str]:
    try:
        action()
    except IntakeError as error:
        yield str(error)


def _pages(settings: Settings) -> None:
    """Refuse a language in which no page is, a look that is not there, and a site that is not whole."""
    site = load_site()
    if settings.language not in site.languages:
        raise SettingsError(f"language: there are no pages in it; choose one of {', '.join(site.languages)}")
    if settings.theme not in site.themes:
        raise SettingsError(f"theme: there is no such look; choose one of {', '.join(site.themes)}")


def _database(url: str) -> None:
    database = connect(url)
    try:
        schema.check(database)
        for engine in database.engines:
            _check_durable(engine)
    finally:
        database.close()


def _check_durable(engine: Engine) -> None:
    """Refuse a connection that would acknowledge an entry before the disk has it."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            durable = connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == _FULL
        else:
            durable = connection.exec_driver_sql("SHOW synchronous_commit").scalar_one() == "on"
    if not durable:
        raise IntakeError("the database does not write durably: leave its synchronous setting to this program")
