# SPDX-License-Identifier: EUPL-1.2
"""The plain form for browsers that run no script (API.md, "Letters"): takes a letter, or says why not, on a page.

The order: the client's limit; size, form, desk, structure; whether it is there already; room on the disk, the desk's.
Nothing is written before all of that. A letter is acknowledged when its parts and then the store's note are durable.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from babel.dates import format_date
from flask import Flask, Response, request

from crypto.desk import Desk
from crypto.epochs import MAX_SEALING
from crypto.handover import LETTER_PART_LENGTH, letter_id, letter_number, letter_parts
from intake.blobstore.interface import BlobStore
from intake.bodies import read_body
from intake.desks import MIN_LIVE, Desks, DeskState
from intake.errors import STATUS, Refusal, UnfitError
from intake.letterform import AROUND_FILE, check_letter, read_form
from intake.letters import forget_stale, place_of
from intake.limits import Limits
from intake.pages import PageViews
from intake.settings import Settings
from intake.site import Site
from intake.space import require_space_for_blobs
from intake.store.interface import BusyError, FullError, Store
from intake.store.records import Letter

_HTML = "text/html; charset=utf-8"
_BAD_REQUEST = 400
_MEBIBYTE = 1_048_576


@dataclass(frozen=True, slots=True)
class LetterBox:
    """The one request of strangers."""

    site: Site
    pages: PageViews
    desks: Desks
    store: Store
    blobs: BlobStore
    limits: Limits
    settings: Settings
    clock: Callable[[], date]

    def register(self, app: Flask) -> None:
        """Add the route."""
        app.add_url_rule("/<desk>/<language>/without_script", "letter_box", self.post, methods=["POST"])

    def post(self, desk: str, language: str) -> Response:
        """Take the form."""
        if language not in self.site.languages:
            return self.pages.not_found()
        try:
            # Before anything of it is read: what is refused costs work too.
            self.limits.count_letter(request)
            data = self._read()
            letter = self._take(self.desks.get(desk), data)
        except UnfitError as error:
            return self._refused(str(error), language)
        except BusyError:
            return self._refused("busy", language)
        except Refusal as refusal:
            return self.pages.not_found() if refusal.code == "unknown" else self._refused(refusal.code, language)
        values = {
            "day": format_date(letter.day, format="long", locale="en_GB" if language == "en" else language),
            "number": letter_number(sha256(data).digest()),
        }
        return Response(self.site.texts["letter_kept", language].format_map(values), content_type=_HTML)

    def _read(self) -> bytes:
        most = self.settings.letter_mib * _MEBIBYTE
        data = read_form(read_body(request, most + AROUND_FILE), request.content_type or "")
        if len(data) > most:
            raise Refusal("too_large", f"a letter has at most {most} bytes")
        return data

    def _take(self, state: DeskState, data: bytes) -> Letter:
        if state.desk is None or not state.open:
            raise Refusal("closed", "the desk takes no new reports now")
        numbers, until = _recipients(state.desk, state.day)
        check_letter(data, numbers)
        name = letter_id(state.desk.id, sha256(data).digest())
        known = self.store.letter(name)
        if known is not None and known.whole:
            return known
        return self._keep(Letter(name, state.desk.id, state.day, until, len(data)), data)

    def _keep(self, letter: Letter, data: bytes) -> Letter:
        require_space_for_blobs(self.settings, letter.size)
        forget_stale(self.store, self.blobs, self.clock())
        try:
            self.store.announce_letter(letter, self.settings.letters_most, self.settings.letters_mib * _MEBIBYTE)
        except FullError as error:
            raise Refusal("quota", str(error)) from error
        for number in range(1, letter_parts(letter.size) + 1):
            end = number * LETTER_PART_LENGTH
            self.blobs.put(place_of(letter.letter), number, data[end - LETTER_PART_LENGTH : end])
        if not self.store.letter_arrived(letter.letter):
            raise Refusal("busy", "the letter was deleted while it came; nothing was stored, try again")
        return letter

    def _refused(self, reason: str, language: str) -> Response:
        response = Response(self.site.pages[f"letter_refused.{reason}", language].plain, content_type=_HTML)
        response.status_code = STATUS.get(reason, _BAD_REQUEST)
        return response


def _recipients(desk: Desk, today: date) -> tuple[frozenset[int], date]:
    """Return how many recipients a letter may have, and the day on which the last key for it is destroyed.

    Somebody may have fetched the recipients on any day since, and members may have come and gone: a letter is fit if
    it has as many recipients as there were live members on one of those days, by the epochs that still count.
    """
    first = max(min(epoch.seal_from for epoch in desk.epochs), today - MAX_SEALING)
    sets = [desk.live(first + timedelta(days=passed)) for passed in range((today - first).days + 1)]
    fit = [live for live in sets if len(live) >= MIN_LIVE]
    return frozenset(map(len, fit)), max(epoch.destroy_at for live in fit for epoch in live)
