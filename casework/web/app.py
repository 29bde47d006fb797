# SPDX-License-Identifier: EUPL-1.2
"""The one wiring place of the members' pages.

Every request passes, in this order: the prefix, Host and Origin (`visitor`), the form token of a POST, the gate. A
form that comes after the lock is kept and shown again after the next code.
"""

from io import BytesIO

from flask import Flask, Request, Response, g, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from casework.domain.protocol.model import InvestigationProtocol
from casework.domain.text import Language
from casework.errors import CaseworkError, LockedError, UnknownCaseError
from casework.web import (
    act_pages,
    case_pages,
    door,
    file_pages,
    lists,
    move_pages,
    practice_pages,
    sync_pages,
    write_pages,
)
from casework.web.gate import Gate
from casework.web.headers import harden
from casework.web.office import MovableDay, Office, office
from casework.web.prefix import Prefixed
from casework.web.visitor import CSRF_FIELD, Visitor, refuse_strangers, visitor
from casework.web.wording import Wording, shown

LONGEST_FORM = 1024 * 1024
LONGEST_UPLOAD = 64 * 1024 * 1024
"""What a message and its files may have together, because all of it is in memory at once."""
_UPLOADS = "write.send"
_NEVER_SHOWN = {CSRF_FIELD, "code"}


_PAGES = (door, lists, case_pages, write_pages, act_pages, move_pages, file_pages, sync_pages)


class _InMemory(Request):
    def _get_file_stream(self, *_arguments: object, **_named: object) -> BytesIO:
        # Flask would write a large upload to a temporary file, and this is plaintext.
        return BytesIO()


def create_app(gate: Gate, prefix: str, *, language: Language = "nl", practice: MovableDay | None = None) -> Flask:
    """Return the pages for the browser that `gate` lets in, below `prefix` (`new_prefix`), at first in `language`.

    With `practice` all of it is an exercise: every page says so, and the day can be moved.
    """
    app = Flask(__name__)
    app.request_class = _InMemory
    app.wsgi_app = Prefixed(app.wsgi_app, prefix)  # type: ignore[method-assign]  # as Flask documents middleware
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = LONGEST_FORM
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters |= {"shown": shown, "actor": _actor}
    app.extensions["office"] = Office(gate, language, practice=practice)
    app.before_request(_meet)
    app.before_request(_let_in)
    app.after_request(_leave)
    app.context_processor(_on_every_page)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(CaseworkError, _casework_error)
    app.register_error_handler(LockedError, _locked_meanwhile)
    for pages in _PAGES:
        app.register_blueprint(pages.blueprint)
    if practice is not None:
        app.register_blueprint(practice_pages.blueprint)
    return app


def _meet() -> None:
    g.words = Wording(office().language)
    g.visitor = Visitor(request, office().secret)
    g.desk = None
    refuse_strangers()
    if request.endpoint == _UPLOADS:
        request.max_content_length = LONGEST_UPLOAD


def _let_in() -> AnyResponse | str | tuple[str, int] | None:
    """Stop a form without a token, and whoever the gate does not know."""
    if request.method == "POST" and not visitor().wrote(request.form.get(CSRF_FIELD, "")):
        return _page("refused.html", typed=_typed_texts()), 403
    if request.endpoint is None or request.endpoint == "static" or request.blueprint == door.blueprint.name:
        return None
    g.desk = office().gate.desk_for(visitor().token)
    return None if g.desk is not None else _to_the_code()


def _to_the_code() -> AnyResponse:
    """Keep a form that comes while the tool is locked, and ask for the code."""
    if request.method == "POST":
        office().gate.keep(visitor().token, request.path, _typed())
    return redirect(url_for("door.code"), 303)


def _leave(response: Response) -> Response:
    return visitor().remember(harden(response))


def _typed() -> dict[str, list[str]]:
    return {name: values for name, values in request.form.lists() if name not in _NEVER_SHOWN}


def _typed_texts() -> list[str]:
    return [value for values in _typed().values() for value in values if value.strip()]


def _on_every_page() -> dict[str, object]:
    return {
        "_": g.words.say,
        "words": g.words,
        "csrf": visitor().csrf,
        "language": office().language,
        "unlocked": g.desk is not None,
        "idle_seconds": int(office().gate.idle_seconds),
        "longest_upload": LONGEST_UPLOAD,
        "practice": office().practice,
        "overview": g.desk.overview() if g.desk else None,
    }


def _page(template: str, **values: object) -> str:
    return render_template(template, **values)


def _actor(actor: str, protocol: InvestigationProtocol) -> str:
    """Return who does a step, as the protocol names them."""
    words: Wording = g.words
    return words.text(protocol.actors[actor])


def _http_error(error: HTTPException) -> tuple[str, int]:
    return _page("error.html", code=error.code, message=None), error.code or 500


def _locked_meanwhile(_error: LockedError) -> AnyResponse:
    return _to_the_code()


def _casework_error(error: CaseworkError) -> tuple[str, int]:
    """Say what a page could not show; forms catch the errors of their own commands."""
    status = 404 if isinstance(error, UnknownCaseError) else 503
    return _page("error.html", code=status, message=g.words.explain(error)), status
