# SPDX-License-Identifier: EUPL-1.2
"""The service under gunicorn: workers, and a log without requests, addresses or times finer than a day.

The application is made in each worker, after the fork, so that no database connection is shared.
"""

import logging
import os
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from gunicorn.util import parse_address

from intake.errors import SettingsError
from intake.worker import QuietWorker

WORKERS = 2
CONNECTIONS = 1_000
"""For each worker; when there are more, the one that has waited longest is closed."""
_FILES = 2 * CONNECTIONS
_LAST_PORT = 65_535
_DAY = "%Y-%m-%d"
_FORMAT = "%(asctime)s %(levelname)s %(message)s"


class QuietFormatter(logging.Formatter):
    """Writes a record's day and text; of an exception only its class and the place."""

    def __init__(self) -> None:
        super().__init__(_FORMAT, _DAY)

    def format(self, record: logging.LogRecord) -> str:
        """Return one line. What gunicorn says of a failed request would hold its address: it is left out."""
        if record.exc_info and record.exc_info[0] is not None:
            record.msg, record.args = f"{record.exc_info[0].__name__}{_place(record.exc_info[2])}", ()
            record.exc_info = record.exc_text = record.stack_info = None
        return super().format(record)


class QuietLogger(Logger):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn's logger without access log, on standard error."""

    datefmt = _DAY

    def setup(self, cfg: Any) -> None:
        """Send the service's and our own records to one handler."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(QuietFormatter())
        ours = logging.getLogger("meldkluis")
        ours.handlers = self.error_log.handlers
        ours.propagate = False

    def access(self, *_args: object) -> None:
        """Write nothing about a request."""


class Service(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn around an application factory."""

    def __init__(self, make_app: Callable[[], Flask], bind: str, folder: Path) -> None:
        self._make_app = make_app
        self._bind = bind
        self._folder = folder
        super().__init__()

    def load_config(self) -> None:
        """Set what differs from gunicorn's defaults."""
        settings = {
            "bind": [self._bind],
            "workers": WORKERS,
            "threads": 1,
            "worker_connections": CONNECTIONS,
            "worker_class": f"{QuietWorker.__module__}.{QuietWorker.__name__}",
            "logger_class": f"{__name__}.{QuietLogger.__name__}",
            "accesslog": None,
            "proc_name": "meldkluis-intake",
            "umask": 0o077,
            # It holds no code; the service reads no file by a relative path.
            "chdir": str(self._folder),
            "worker_tmp_dir": _memory_folder(),
            "control_socket_disable": True,
            "forwarded_allow_ips": "",
            "limit_request_line": 4094,
            "graceful_timeout": 10,
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Return a worker's application."""
        return self._make_app()


def run(make_app: Callable[[], Flask], bind: str, folder: Path) -> None:
    """Serve until a signal ends it. ``bind`` is ``host:port`` or ``unix:path``; ``folder`` the data folder."""
    os.chdir(folder)
    _allow_files()
    Service(make_app, bind, folder).run()


def require_bind(bind: str) -> None:
    """Return when ``bind`` is an address that a socket can have.

    Raises:
        SettingsError: it is not.
    """
    try:
        address = parse_address(bind)
    except RuntimeError:
        address = ("", -1)
    if isinstance(address, tuple) and not 0 <= address[1] <= _LAST_PORT:
        raise SettingsError(f"--bind: write it as host:port with a port up to {_LAST_PORT}, or as unix:PATH")


def require_safe_path(arguments: list[str]) -> None:
    """Start this program again without the current or the script's folder on Python's path, unless it is so."""
    if sys.flags.safe_path:
        return
    environ = os.environ | {"PYTHONSAFEPATH": "1"}
    os.execve(sys.executable, [sys.executable, "-P", "-m", "intake.cli", *arguments], environ)  # noqa: S606 - ourselves


def _allow_files() -> None:
    """Raise the number of files that a worker may have open, which connections are, as far as the system lets us."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES if hard == resource.RLIM_INFINITY else min(_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _memory_folder() -> str | None:
    """Return where workers show that they live, on a file system in memory where there is one."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - gunicorn makes an unnamed file there


def _place(trace: Any) -> str:
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "" if trace is None else f" at {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
