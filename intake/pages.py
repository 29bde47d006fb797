# SPDX-License-Identifier: EUPL-1.2
"""Routes of the pages and static files: the same bytes for every visitor and every desk.

No page asks the store for anything; only short names and the front door do. Nothing is read of a
request but its path and codings. A browser keeps no copy of a page, so that its files do not tell of a visit.
"""

import re
from dataclasses import dataclass
from datetime import date

from flask import Flask, Response, redirect, request

from crypto.document import DESK_TYPE
from crypto.signing import parse_statement, read_payload
from intake.errors import Refusal
from intake.headers import FORGET, FORM_CSP, NO_STORE, WORKER_CSP
from intake.site import NO_DESK, TO_READ, WITH_FORM, Site
from intake.store.interface import Store
from intake.store.records import DeskRecord

DESK_ID = re.compile(r"[a-z2-7]{26}")
SHORT = re.compile(r"[a-z][a-z0-9-]{1,24}")
RESERVED = frozenset({"static", "health", "desks", "logs", "blobs", "leave", NO_DESK})
_FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class PageViews:
    """All that is not JSON or octets."""

    site: Site
    store: Store
    language: str
    """Where an address names none."""
    leave_to: str
    """The harmless address for who leaves in a hurry."""

    def register(self, app: Flask) -> None:
        """Add the routes."""
        app.add_url_rule("/", "index", self.index, methods=["GET"])
        app.add_url_rule("/<name>", "named", self.named, methods=["GET"])
        app.add_url_rule("/<desk>/<language>/", "report", self.report, methods=["GET"])
        app.add_url_rule("/<desk>/<language>", "unslashed", self.unslashed, methods=["GET"])
        app.add_url_rule("/<desk>/<language>/mailbox", "mailbox", self.mailbox, methods=["GET"])
        to_read = f"/<desk>/<language>/<any({', '.join(TO_READ)}):page>"
        app.add_url_rule(to_read, "to_read", self.to_read, methods=["GET"])
        app.add_url_rule("/leave", "leave", self.leave, methods=["GET"])
        app.add_url_rule("/static/<name>", "static_file", self.static_file, methods=["GET"])

    def index(self) -> Response:
        """Lead to the only desk, or say what this is."""
        desks = self.store.desks(2)
        return self._lead_to(desks[0]) if len(desks) == 1 else self._page("index", self.language)

    def named(self, name: str) -> Response:
        """Lead from a short name, or from a bare desk id, to the desk."""
        desk = name if DESK_ID.fullmatch(name) else self.store.desk_named(name)
        record = None if desk is None else self.store.desk(desk, date.max)
        return self.not_found() if record is None else self._lead_to(record)

    def report(self, desk: str, language: str) -> Response:
        """The report form."""
        if desk == NO_DESK:
            return _redirect("../../")
        return self._of_desk("report", desk, language)

    def unslashed(self, desk: str, language: str) -> Response:
        """Lead to the report form, whose links count from its slash."""
        return _redirect(f"./{language}/") if DESK_ID.fullmatch(desk) else self.not_found()

    def mailbox(self, desk: str, language: str) -> Response:
        """The mailbox."""
        return self._of_desk("mailbox", desk, language)

    def to_read(self, desk: str, language: str, page: str) -> Response:
        """A page that is only read."""
        response = self._page(page, language) if desk == NO_DESK else self._of_desk(page, desk, language)
        if page == WITH_FORM and desk != NO_DESK:
            response.headers["Content-Security-Policy"] = FORM_CSP
        return response

    def leave(self) -> Response:
        """Lead away from here, and let the browser forget its copies of this site."""
        response = _redirect(self.leave_to)
        response.headers["Clear-Site-Data"] = FORGET
        return response

    def static_file(self, name: str) -> Response:
        """A bundled file, named by its content."""
        found = self.site.files.get(name)
        if found is None:
            raise Refusal("unknown", "there is no such file: load the page again")
        response = found.answer(request, _FOR_EVER)
        if name in self.site.workers:
            response.headers["Content-Security-Policy"] = WORKER_CSP
        return response

    def not_found(self) -> Response:
        """The page for an address that leads nowhere."""
        language = next((part for part in request.path.split("/") if part in self.site.languages), self.language)
        response = self._page("not_found", language)
        response.status_code = 404
        return response

    def _of_desk(self, page: str, desk: str, language: str) -> Response:
        if not DESK_ID.fullmatch(desk) or language not in self.site.languages:
            return self.not_found()
        return self._page(page, language)

    def _page(self, page: str, language: str) -> Response:
        return self.site.pages[page, language].answer(request, NO_STORE)

    def _lead_to(self, desk: DeskRecord) -> Response:
        statement = parse_statement(desk.document)
        wanted = read_payload(statement, DESK_TYPE)["languages"]
        listed = wanted if isinstance(wanted, list) else []
        language = next((code for code in listed if code in self.site.languages), self.language)
        return _redirect(f"./{desk.desk}/{language}/")


def _redirect(relative: str) -> Response:
    """Lead to an address that holds under every origin."""
    return redirect(relative, Response=Response)  # type: ignore[return-value]  # Flask's own class comes back
