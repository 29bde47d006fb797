# SPDX-License-Identifier: EUPL-1.2
"""Plain texts about a desk, for a browser that runs no script: what it says of itself, and whom to seal a file to.

They come from the bundle that the intake verified. Such a browser verifies nothing itself, so the texts tell what
to compare by telephone. Nothing can be sent to these addresses: the
locked file comes by the form of `letterbox`, as a letter, or is handed over, the same file on a stick.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import Flask, Response, redirect
from werkzeug.exceptions import NotFound

from crypto.desk import Desk, desk_words
from crypto.document import DeskDocument
from crypto.handover import recipient_lines, recipients_number
from crypto.wordlist import word_list
from intake.desks import MIN_LIVE, Desks
from intake.errors import Refusal
from intake.site import NO_DESK, Site

_TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class OneWayViews:
    """The two texts of each desk, in each language of the site."""

    site: Site
    desks: Desks

    def register(self, app: Flask) -> None:
        """Add the routes."""
        app.add_url_rule("/<desk>/<language>/desk.txt", "desk_text", self.desk_text, methods=["GET"])
        app.add_url_rule("/<desk>/<language>/recipients.txt", "recipients", self.recipients, methods=["GET"])

    def desk_text(self, desk: str, language: str) -> Response:
        """What the desk says of itself: ways to reach it, who reads, and its own texts."""
        if desk == NO_DESK:
            return redirect("../../", Response=Response)  # type: ignore[return-value]  # Flask's own class comes back
        found, _ = self._read(desk, language)
        return self._answer("desk_text", language, _said(found.document, language))

    def recipients(self, desk: str, language: str) -> Response:
        """The file for ``age --recipients-file``; without live members it has no recipient."""
        found, day = self._read(desk, language)
        live = found.live(day)
        if len(live) < MIN_LIVE or not found.document.takes_reports(day):
            return self._answer("closed_text", language, _said(found.document, language))
        values = {
            "name": _name(found.document, language),
            "command": "grep age1pq recipients.txt | sha256sum",
            "number": recipients_number(live),
            "until": min(epoch.seal_until for epoch in live).isoformat(),
        }
        return self._answer("recipients_text", language, values, recipient_lines(live))

    def _read(self, desk: str, language: str) -> tuple[Desk, date]:
        try:
            state = self.desks.get(desk)
        except Refusal as error:
            raise NotFound from error
        if state.desk is None or language not in self.site.languages:
            raise NotFound
        return state.desk, state.day

    def _answer(self, name: str, language: str, values: Mapping[str, str], after: str = "") -> Response:
        text = self.site.texts[name, language].format_map(values)
        return Response(f"{text}\n{after}", content_type=_TEXT)


def _said(document: DeskDocument, language: str) -> dict[str, str]:
    """Return the parts of a desk's document that strangers need, by the names in the templates."""
    members = [f"- {member.name}, {_in(member.role, language)}" for member in document.members]
    roles = [f"- {_in(member.role, language)}" for member in document.members]
    return {
        "name": _name(document, language),
        "id": document.desk,
        "words": " ".join(desk_words(document.desk, word_list(language))),
        "readers": "\n".join(members if document.policy.names_shown else roles),
        "elsewhere": "\n".join(
            f"- {_in(way.name, language)}: {way.value}" + (f" ({_in(way.note, language)})" if way.note else "")
            for way in document.elsewhere
        ),
        "texts": "\n\n".join(_in(text, language).strip() for text in document.texts.values()),
        "contact": document.contact,
    }


def _name(document: DeskDocument, language: str) -> str:
    """Return the desk's name on one line, as a comment for age must be."""
    return " ".join(_in(document.name, language).split())


def _in(texts: Mapping[str, str], language: str) -> str:
    """Return a text in this language, or in the first one that it has."""
    return texts.get(language) or next(iter(texts.values()))
