# SPDX-License-Identifier: EUPL-1.2
"""The intake as it is shipped: `meldkluis-intake serve`, gunicorn and all, on a loopback port."""

import os
import sys
from pathlib import Path

import httpx

from crypto.httpsig import sign_request
from crypto.logs import Claim
from intake.blobstore.files import make_folder
from intake.clock import today
from intake.deskfile import read_desk_file
from intake.store import schema
from intake.store.engine import connect
from intake.store.sql import SqlStore
from processes import Process, free_port, start
from support.sealed_desk import SealedDesk, SealedLog, signed_append

COMMAND = (sys.executable, "-P", "-m", "intake.cli")


class RealIntake:
    """An intake with one desk, in a folder; it may be started more than once."""

    def __init__(self, folder: Path, desk: SealedDesk) -> None:
        self.folder = folder / "data"
        self.log_file = folder / "log"
        self.port = free_port()
        self.origin = f"http://127.0.0.1:{self.port}"
        self.environ = {
            "PATH": os.environ["PATH"],
            "MELDKLUIS_INTAKE_DATA_FOLDER": str(self.folder),
            "MELDKLUIS_INTAKE_ORIGINS": self.origin,
            "MELDKLUIS_INTAKE_UNSAFE_LOOPBACK_HTTP": "true",
            "MELDKLUIS_INTAKE_OPENING_LIMIT": "100000/minute",
        }
        self.folder.mkdir(mode=0o700)
        make_folder(self.folder / "blobs")
        add_desk(f"sqlite:///{self.folder / 'intake.sqlite3'}", desk)

    def start(self) -> Process:
        """Serve; returns when the first worker answers."""
        process = start([*COMMAND, "serve", "--bind", f"127.0.0.1:{self.port}"], log=self.log_file, env=self.environ)
        process.wait_until(self.answers)
        return process

    def answers(self) -> bool:
        try:
            return httpx.get(f"{self.origin}/health").status_code == httpx.codes.OK
        except httpx.TransportError:
            return False

    def report(self, client: httpx.Client, log: SealedLog, frame: bytes) -> httpx.Response:
        headers = signed_append(log.id, frame, log.login, None, day=today(), origin=self.origin)
        return client.post(f"{self.origin}/logs/{log.id}/entries", content=frame, headers=headers)

    def put_part(self, client: httpx.Client, claim: Claim, number: int, part: bytes, login: bytes) -> httpx.Response:
        target = f"{self.origin}/blobs/{claim.blob}/parts/{number}"
        headers = sign_request("PUT", target, today(), login, part) | {"Content-Type": "application/octet-stream"}
        return client.put(target, content=part, headers=headers)

    def get(self, client: httpx.Client, path: str, login: bytes) -> httpx.Response:
        target = f"{self.origin}{path}"
        return client.get(target, headers=sign_request("GET", target, today(), login))


def add_desk(url: str, desk: SealedDesk) -> None:
    """Make a database and add a desk, as ``init`` and ``desk add`` do."""
    old = os.umask(0o077)
    database = connect(url)
    schema.upgrade(database)
    store = SqlStore(database)
    found = read_desk_file(desk.bundle(), today(), store.desk, None)
    store.put_desk(found.record)
    for epoch in found.epochs:
        store.put_epoch(epoch, today())
    store.close()
    os.umask(old)
