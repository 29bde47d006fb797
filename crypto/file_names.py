# SPDX-License-Identifier: EUPL-1.2
"""Names under which other people's files may be saved, on Windows, macOS and Linux alike."""

import re
import unicodedata
from collections.abc import Iterator

_MAX_BYTES = 180
_MAX_EXTENSION = 16
_SIGN = "_"
# Separators of paths, what Windows gives a meaning, and the colon of its hidden streams.
_FORBIDDEN = set('<>:"|?*/\\')
_INVISIBLE = {"C", "Zl", "Zp"}
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])", re.IGNORECASE)
# What the system obeys in a folder that is merely opened.
_OBEYED = {"desktop.ini", "autorun.inf"}
# Endings of which the system shows nothing and opens what the file names: shortcuts, searches, parts of Windows.
_SHORTCUT = re.compile(r"\.(?=(lnk|url|pif|scf|desktop|website|webloc|inetloc|[a-z]+-ms|\{[^.]*)$)", re.IGNORECASE)
_UNNAMED = "file"


def safe_name(name: str) -> str:
    """Return a file name made from what a sender wrote: no path, no invisible or reserved part, never empty."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(_SIGN if _is_unsafe(sign) else sign for sign in last)
    # Windows drops dots and spaces at the end; a dot in front hides the file elsewhere.
    stripped = visible.strip(" .\u00a0") or _UNNAMED
    safe = _SIGN + stripped if _RESERVED.fullmatch(stripped.split(".")[0].rstrip()) else stripped
    # What is cut off may have been all that made the rest harmless.
    return _tame(_shortened(safe))


def numbered(name: str) -> Iterator[str]:
    """Yield the name, then `name (2)`, `name (3)` and so on, each with the name's extension."""
    stem, dot, extension = name.rpartition(".")
    if not stem:
        stem, dot, extension = name, "", ""
    yield name
    number = 2
    while True:
        yield f"{stem} ({number}){dot}{extension}"
        number += 1


def _is_unsafe(sign: str) -> bool:
    category = unicodedata.category(sign)
    return sign in _FORBIDDEN or category[0] in _INVISIBLE or category in _INVISIBLE


def _tame(name: str) -> str:
    """Return a name that no system obeys, and that no command takes for an option."""
    plain = _SHORTCUT.sub(_SIGN, name)
    if plain.lower() in _OBEYED:
        return _SIGN + plain
    return _SIGN + plain[1:] if plain.startswith("-") else plain


def _shortened(name: str) -> str:
    stem, dot, extension = name.rpartition(".")
    if not stem or len(extension) > _MAX_EXTENSION:
        stem, dot, extension = name, "", ""
    room = _MAX_BYTES - len((dot + extension).encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(" .") + dot + extension
