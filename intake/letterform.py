# SPDX-License-Identifier: EUPL-1.2
"""What a stranger's form brings: one file, and whether it is a letter that a desk's members can open.

All of it happens in memory: a file that was chosen by mistake may be the report itself, not locked. Its name and the
type that the browser gives it are read by nobody. Only structure is checked (FORMAT.md section 6.7): there is no key.
"""

from collections.abc import Set as AbstractSet

from werkzeug.http import parse_options_header

from crypto.envelope import parse_header, read_header
from crypto.errors import HeaderError
from crypto.handover import MAX_LETTER
from intake.errors import Refusal, UnfitError
from intake.parts import plaintext_length

FIELD = "file"
AROUND_FILE = 8_192
"""Bytes that a form may have around its file."""
LONGEST_FORM = MAX_LETTER + AROUND_FILE
"""Bytes of a form with the longest letter that any intake takes."""
_LONGEST_BOUNDARY = 70
_LONGEST_HEAD = 4_096
"""Bytes from the first boundary to the empty line behind the file's name; no more of a form is parsed."""
_LINE = b"\r\n"
_AGE = b"age-encryption.org/"
_ARMOR = b"-----BEGIN AGE ENCRYPTED FILE-----"


def read_form(body: bytes, content_type: str) -> bytes:
    """Return the bytes of the one file in a form.

    Raises:
        UnfitError: ``nothing`` was chosen, or ``several`` files.
        Refusal: ``malformed`` for what is not that form.
    """
    edge = _LINE + b"--" + _boundary(content_type)
    first, last = edge.removeprefix(_LINE) + _LINE, edge + b"--"
    if body.strip(_LINE) in (b"", last.removeprefix(_LINE)):
        raise UnfitError("nothing")
    head_end = body.find(_LINE + _LINE, len(first), len(first) + _LONGEST_HEAD)
    data_end = len(body) - (len(_LINE) if body.endswith(_LINE) else 0) - len(last)
    data_start = head_end + len(_LINE + _LINE)
    framed = body.startswith(first) and body.startswith(last, max(data_end, 0))
    if not framed or head_end < 0 or data_end < data_start or not _is_our_file(body[len(first) : head_end]):
        raise _not_the_form()
    if data_start == data_end:
        raise UnfitError("nothing")
    if body.find(edge + _LINE, data_start, data_end) >= 0:
        raise UnfitError("several")
    return body[data_start:data_end]


def check_letter(data: bytes, stanzas: AbstractSet[int]) -> None:
    """Check that a file may be a letter; ``stanzas`` are the numbers of recipients that it may have.

    Raises:
        UnfitError: ``not_locked``, ``armored``, ``other_lock`` or ``cut_off``.
        Refusal: ``recipients``.
    """
    if data.lstrip().startswith(_ARMOR):
        raise UnfitError("armored")
    if not data.startswith(_AGE):
        raise UnfitError("not_locked")
    try:
        header = read_header(data)
    except HeaderError as error:
        raise UnfitError("cut_off") from error
    try:
        parse_header(header.raw)
    except HeaderError as error:
        raise UnfitError("other_lock") from error
    if len(header.stanzas) not in stanzas:
        raise Refusal("recipients", "the number of stanzas is not that of the live members")
    if not plaintext_length(len(data) - len(header.raw)):
        raise UnfitError("cut_off")


def _boundary(content_type: str) -> bytes:
    kind, options = parse_options_header(content_type)
    boundary = options.get("boundary", "")
    if kind != "multipart/form-data" or not 0 < len(boundary) <= _LONGEST_BOUNDARY:
        raise _not_the_form()
    return boundary.encode()


def _is_our_file(head: bytes) -> bool:
    """Return whether a part's head names the one field of the form, and a file."""
    lines = [line.partition(":") for line in head.decode(errors="replace").split("\r\n")]
    found = [value for name, _, value in lines if name.lower() == "content-disposition"]
    if len(found) != 1:
        return False
    kind, options = parse_options_header(found[0])
    return kind == "form-data" and options.get("name") == FIELD and "filename" in options


def _not_the_form() -> Refusal:
    return Refusal("malformed", "this is not the form with one file")
