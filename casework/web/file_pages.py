# SPDX-License-Identifier: EUPL-1.2
"""Files of a case: saved by the browser, never shown by this tool; and chosen to go along with a message."""

import os
from collections.abc import Sequence
from typing import BinaryIO, cast

from flask import Blueprint, Response, request
from werkzeug.datastructures import FileStorage

from casework.domain.case.events import Attached
from casework.errors import CaseworkError
from casework.sync.transfers import Outgoing
from casework.web.forms import Mistake
from casework.web.office import desk, words
from crypto.file_names import safe_name

blueprint = Blueprint("files", __name__, url_prefix="/cases/<case_id>")

ATTACHED = "attached"
"""The blob ids of files that were chosen and sealed before."""
FILES = "files"
"""The files that the browser sends now."""


@blueprint.get("/files/<blob>")
def save(case_id: str, blob: str) -> Response:
    """Give a verified file to the browser to save; what it holds is never shown here, whatever its type says."""
    file = desk().files.open(case_id, blob)
    response = Response(file.fetched.pieces, mimetype="application/octet-stream")
    response.call_on_close(file.fetched.close)
    response.headers.set("Content-Disposition", "attachment", filename=safe_name(file.name))
    response.content_length = file.size
    return response


def chosen_files(case_id: str) -> tuple[Sequence[Attached], tuple[Mistake, ...]]:
    """Seal the files that come with a form; return them after those that were sealed before, and what went wrong."""
    try:
        before = desk().files.chosen(request.form.getlist(ATTACHED))
        fresh = [_sealed(case_id, file) for file in request.files.getlist(FILES) if file.filename]
    except CaseworkError as error:
        return (), (Mistake(FILES, words().explain(error)),)
    return (*before, *fresh), ()


def _sealed(case_id: str, file: FileStorage) -> Attached:
    size = file.stream.seek(0, os.SEEK_END)
    file.stream.seek(0)
    return desk().files.attach(case_id, Outgoing(safe_name(file.filename or ""), cast(BinaryIO, file.stream), size))
