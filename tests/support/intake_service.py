# SPDX-License-Identifier: EUPL-1.2
"""The real application over a real store, asked through Flask's client, with the requests that tests make."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from werkzeug.test import TestResponse

from crypto.encoding import b64decode, parse_json
from crypto.httpsig import sign_request
from intake.app import create_app
from intake.blobstore.files import FileBlobStore, make_folder
from intake.bodies import prepare
from intake.deskfile import read_desk_file
from intake.settings import Settings
from intake.site import FILLED, PAGES, TEXTS, Site
from intake.store import schema
from intake.store.engine import connect
from intake.store.sql import SqlStore
from support.sealed_desk import ORIGIN, TODAY, SealedDesk, SealedLog, signed_append


def small_site() -> Site:
    """A site with a line for each page, one script and one worker."""
    pages = {
        (page, language): prepare("text/html; charset=utf-8", f"<!doctype html><p lang={language}>{page}</p>".encode())
        for page in PAGES
        for language in ("en", "nl")
    }
    texts = {(text, language): f"{text} {language} {{name}}" for text in TEXTS for language in ("en", "nl")}
    texts |= {(page, language): f"{page} {language} {{day}} {{number}}" for page in FILLED for language in ("en", "nl")}
    files = {name: prepare("text/javascript; charset=utf-8", b"export {};") for name in ("page.1.js", "worker.2.js")}
    return Site(("en", "nl"), ("neutral",), pages, texts, files, frozenset({"worker.2.js"}))


def answer(response: TestResponse) -> dict[str, Any]:
    """The JSON object of an answer, read as strictly as a client must."""
    found = parse_json(response.data)
    assert isinstance(found, dict)
    return found


class IntakeService:
    """An intake on ``today``; ``settings`` name what differs from the usual."""

    def __init__(self, folder: Path, site: Site, **settings: Any) -> None:
        self.today = TODAY
        usual = Settings(data_folder=folder, origins=(ORIGIN,))
        self.settings = replace(usual, **settings)
        self.database = connect(self.settings.database)
        schema.upgrade(self.database)
        self.store = SqlStore(self.database)
        make_folder(self.settings.blob_folder)
        self.blobs = FileBlobStore(self.settings.blob_folder)
        self.app = create_app(self.settings, store=self.store, blobs=self.blobs, site=site, clock=lambda: self.today)
        self.client = self.app.test_client()

    def close(self) -> None:
        self.store.close()

    def add(self, desk: SealedDesk, members: tuple[str, ...] | None = None, short: str | None = None) -> None:
        """Add a desk as the operator does."""
        found = read_desk_file(desk.bundle(members), self.today, self.store.desk, short)
        self.store.put_desk(found.record)
        for epoch in found.epochs:
            self.store.put_epoch(epoch, self.today)

    def append(
        self, log: SealedLog, frame: bytes, key: bytes, prev: bytes | None, *, day: date | None = None
    ) -> TestResponse:
        """Append a frame, signed with ``key``, after the head ``prev`` (None: as the first entry)."""
        headers = signed_append(log.id, frame, key, prev, day=day or self.today)
        return self.post(log.id, frame, headers)

    def post(self, log: str, body: bytes, headers: Mapping[str, str]) -> TestResponse:
        return self.client.post(f"/logs/{log}/entries", data=body, headers=headers, base_url=ORIGIN)

    def open(self, log: SealedLog, frame: bytes | None = None, key: bytes | None = None) -> bytes:
        """Append a first entry that must be accepted; returns its frame."""
        first = frame or log.first()
        response = self.append(log, first, key or log.login, None)
        assert response.status_code == 201, response.data
        log.accepted(first)
        assert b64decode(answer(response)["head"]) == log.head
        return first

    def length(self, log: SealedLog) -> int:
        """Return how many entries are stored of a log."""
        access = self.store.access(log.id, bytes(32))
        return access.length if access else 0

    def add_entry(self, log: SealedLog, frame: bytes, key: bytes) -> None:
        """Append a later entry that must be accepted."""
        response = self.append(log, frame, key, log.head)
        assert response.status_code == 201, response.data
        log.accepted(frame)

    def get(self, path: str, key: bytes | None = None, headers: Mapping[str, str] | None = None) -> TestResponse:
        """GET a path, signed with ``key`` if there is one."""
        signed = sign_request("GET", f"{ORIGIN}{path}", self.today, key) if key else {}
        return self.client.get(path, headers=signed | dict(headers or {}), base_url=ORIGIN)

    def read(self, log: str, key: bytes, after: int = 0) -> TestResponse:
        return self.get(f"/logs/{log}/entries?after={after}", key)

    def put_part(
        self, blob: str, number: int | str, part: bytes, key: bytes, headers: Mapping[str, str] | None = None
    ) -> TestResponse:
        """Send a part of a blob, signed with ``key``."""
        path = f"/blobs/{blob}/parts/{number}"
        signed = sign_request("PUT", f"{ORIGIN}{path}", self.today, key, part)
        kind = {"Content-Type": "application/octet-stream"}
        return self.client.put(path, data=part, headers=signed | kind | dict(headers or {}), base_url=ORIGIN)

    def put_epoch(self, desk: str, statement: bytes, key: bytes) -> TestResponse:
        path = f"/desks/{desk}/epochs"
        headers = sign_request("PUT", f"{ORIGIN}{path}", self.today, key, statement)
        return self.client.put(path, data=statement, headers=headers, base_url=ORIGIN)


def records(body: bytes) -> list[tuple[dict[str, Any], bytes]]:
    """The records of an answer to a read: what the intake says of each entry, and its frame."""
    pieces = []
    while body:
        length = int.from_bytes(body[:4], "big")
        pieces.append(body[4 : 4 + length])
        body = body[4 + length :]
    infos = [parse_json(piece) for piece in pieces[::2]]
    return [(info, frame) for info, frame in zip(infos, pieces[1::2], strict=True) if isinstance(info, dict)]
