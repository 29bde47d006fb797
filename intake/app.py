# SPDX-License-Identifier: EUPL-1.2
"""The one wiring place of the intake. Nothing connects or reads a file when this module is imported."""

import logging
import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed, NotFound

from crypto.encoding import dump_json
from intake import clock as calendar
from intake.auth import Signatures
from intake.blobs import BlobViews
from intake.blobstore.interface import BlobStore
from intake.desks import Desks, DeskViews
from intake.errors import Refusal
from intake.headers import HeadersMiddleware
from intake.letterbox import LetterBox
from intake.letters import LetterViews
from intake.limits import CounterNames, Limits
from intake.logs import LogViews
from intake.oneway import OneWayViews
from intake.pages import RESERVED, PageViews
from intake.security import register_security_text
from intake.settings import Settings
from intake.site import Site
from intake.store.interface import BusyError, Store

_JSON = "application/json"
_LOG = logging.getLogger("meldkluis.intake")


def create_app(
    settings: Settings,
    *,
    store: Store,
    blobs: BlobStore,
    site: Site,
    limiter_storage: str | None = None,
    counter_names: CounterNames | None = None,
    clock: Callable[[], date] = calendar.today,
) -> Flask:
    """Return the application over a store, a place for blobs and a prepared site.

    ``limiter_storage`` overrides the setting of that name; ``counter_names`` is shared by the
    workers of one service; ``clock`` gives the calendar day in Europe/Amsterdam.
    """
    app = _QuietFlask("intake", static_folder=None, template_folder=None)
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    signatures = Signatures(settings.hosts, clock)
    limits = Limits(settings, limiter_storage or settings.limiter_storage, counter_names or CounterNames())
    desks = Desks(store, clock)
    pages = PageViews(site, store, settings.language, settings.leave_to)
    DeskViews(desks, store, signatures, clock).register(app)
    LogViews(store, blobs, desks, signatures, limits, settings, clock).register(app)
    BlobViews(store, blobs, signatures, settings).register(app)
    OneWayViews(site, desks).register(app)
    LetterViews(desks, store, blobs, signatures, clock).register(app)
    LetterBox(site, pages, desks, store, blobs, limits, settings, clock).register(app)
    pages.register(app)
    register_security_text(app, settings)
    app.add_url_rule("/health", "health", lambda: _health(store), methods=["GET"])
    _answer_errors(app, pages)
    app.wsgi_app = HeadersMiddleware(app.wsgi_app, settings.hosts)  # type: ignore[method-assign]  # as Flask documents
    return app


class _QuietFlask(Flask):
    """Flask without its log line of a fault, which holds the request's path."""

    def log_exception(self, *_args: object) -> None:
        """Write nothing: `_fault` has."""


def _health(store: Store) -> Response:
    store.ping()
    return Response(dump_json({"status": "ok"}), content_type=_JSON)


def _answer_errors(app: Flask, pages: PageViews) -> None:
    """Give every failure its JSON answer, or the page for a wrong address."""

    def http(error: HTTPException) -> Response:
        if isinstance(error, NotFound) and request.method == "GET" and request.path.split("/")[1] not in RESERVED:
            return pages.not_found()
        return _refuse(_as_refusal(error))

    app.register_error_handler(Refusal, _refuse)
    app.register_error_handler(BusyError, lambda _: _refuse(_busy()))
    app.register_error_handler(HTTPException, http)
    app.register_error_handler(Exception, _fault)


def _as_refusal(error: HTTPException) -> Refusal:
    if isinstance(error, InternalServerError):
        return _our_fault()
    if isinstance(error, NotFound):
        return Refusal("unknown", "there is nothing at this address")
    if isinstance(error, MethodNotAllowed):
        allowed = ", ".join(sorted(error.valid_methods or ()))
        return Refusal("method", f"this address takes {allowed}", {"Allow": allowed})
    return Refusal("malformed", "the request is not one that HTTP allows")


def _busy() -> Refusal:
    return Refusal("busy", "the store does not answer; try again, an entry is never stored twice", {"Retry-After": "5"})


def _refuse(refusal: Refusal) -> Response:
    body = dump_json({"error": refusal.code, "message": refusal.message})
    response = Response(body, refusal.status, content_type=_JSON)
    response.headers.update(refusal.headers)
    return response


def _fault(error: Exception) -> Response:
    """Answer for a bug of ours; the log gets its class and place, and nothing of the request."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    _LOG.error("%s at %s:%d", type(error).__name__, Path(frame.filename).name, frame.lineno or 0)
    return _refuse(_our_fault())


def _our_fault() -> Refusal:
    return Refusal("fault", "something went wrong here; try again, an entry is never stored twice")
