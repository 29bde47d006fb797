# SPDX-License-Identifier: EUPL-1.2
"""What a stranger's form brings: one file, and whether it is a letter that a desk's members can open.

All of it happens in memory: a file that was chosen by mistake may be the report itself, not locked. Its name and the
type that the browser gives it are read by nobody. Only structure is checked (FORMAT.md section 6.7): there is no key.
"""

from collections.abc import Set as AbstractSet

from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.http import parse_options_header
from werkzeug.sansio.multipart import Data, Epilogue, Event, Field, File, MultipartDecoder

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
_AGE = b"age-encryption.org/"
_ARMOR = b"-----BEGIN AGE ENCRYPTED FILE-----"


def read_form(body: bytes, content_type: str) -> bytes:
    """Return the bytes of the one file in a form.

    Raises:
        UnfitError: ``nothing`` was chosen, or ``several`` files.
        Refusal: ``malformed`` for what is not that form.
    """
    try:
        events = _events(body, content_type)
    except (ValueError, RequestEntityTooLarge) as error:
        raise _not_the_form() from error
    parts = [event for event in events if isinstance(event, (Field, File))]
    if any(isinstance(part, Field) or part.name != FIELD for part in parts):
        raise _not_the_form()
    data = b"".join(event.data for event in events if isinstance(event, Data))
    if not parts or not data:
        raise UnfitError("nothing")
    if len(parts) > 1:
        raise UnfitError("several")
    return data


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


def _events(body: bytes, content_type: str) -> list[Event]:
    """Return what a form holds, part by part, from werkzeug's parser that writes nothing anywhere."""
    kind, options = parse_options_header(content_type)
    boundary = options.get("boundary", "")
    if kind != "multipart/form-data" or not 0 < len(boundary) <= _LONGEST_BOUNDARY:
        raise ValueError("not a form with a file")
    # One more than fits, to tell two files from what is no form of ours.
    decoder = MultipartDecoder(boundary.encode(), max_parts=2)
    decoder.receive_data(body)
    decoder.receive_data(None)
    found = [decoder.next_event()]
    while not isinstance(found[-1], Epilogue):
        found.append(decoder.next_event())
    return found


def _not_the_form() -> Refusal:
    return Refusal("malformed", "this is not the form with one file")
