# SPDX-License-Identifier: EUPL-1.2
"""The pages around the lock: typing the code, locking, staying, choosing a language."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from casework.i18n import LANGUAGES
from casework.web.office import office
from casework.web.visitor import CSRF_FIELD, visitor

blueprint = Blueprint("door", __name__)
_OWN_FIELDS = {CSRF_FIELD, "next"}


@blueprint.get("/code")
def code() -> str:
    """Ask for the code from the terminal."""
    return _code_page()


@blueprint.post("/code")
def enter() -> Response | tuple[str, int]:
    """Let the browser in if the code is right."""
    gate = office().gate
    session = gate.enter(request.form.get("code", ""), visitor().token)
    if session is None:
        return _code_page(wrong=True), 422
    visitor().token = session
    return redirect(address(next(iter(gate.kept_paths()), "")), 303)


@blueprint.post("/code/new")
def renew() -> Response | tuple[str, int]:
    """Have another code shown in the terminal."""
    if not office().gate.renew_code():
        return _code_page(too_soon=True), 429
    return redirect(url_for("door.code"), 303)


@blueprint.post("/lock")
def lock() -> Response:
    """Forget the keys. What the page still held of typed text comes along, and is kept for this browser."""
    gate = office().gate
    path = own_path(request.form.get("next", ""))
    typed = {name: values for name, values in request.form.lists() if name not in _OWN_FIELDS}
    if path and typed:
        gate.keep(visitor().token, path, typed)
    if gate.desk_for(visitor().token) is not None:
        gate.lock()
    return redirect(url_for("door.code"), 303)


@blueprint.post("/stay")
def stay() -> tuple[str, int]:
    """Count as use, so that a person who is typing is not locked out."""
    return "", 204 if office().gate.desk_for(visitor().token) else 403


@blueprint.post("/language")
def language() -> Response:
    """Show the pages in the other language from now on."""
    asked = request.form.get("language", "")
    office().language = next((known for known in LANGUAGES if known == asked), office().language)
    return redirect(address(own_path(request.form.get("next", ""))), 303)


def _code_page(*, wrong: bool = False, too_soon: bool = False) -> str:
    gate = office().gate
    state = {"shut": gate.is_shut, "taken": gate.is_taken, "kept": bool(gate.kept_paths())}
    return render_template("code.html", wrong=wrong, too_soon=too_soon, **state)


def address(path: str) -> str:
    """Return the address of one of these pages, or of the list of cases without a path."""
    return f"{request.script_root}{path}" if path else url_for("lists.cases")


def own_path(path: str) -> str:
    """Return a path of these pages as it stands after the prefix, or nothing for an address elsewhere."""
    inside = path.startswith("/") and not path.startswith("//") and "\\" not in path
    return path if inside else ""
