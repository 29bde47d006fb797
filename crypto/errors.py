# SPDX-License-Identifier: EUPL-1.2
"""Why bytes were refused; each class names the layer that refused them (FORMAT.md section 1.5).

Messages name the rule that was broken and never quote the bytes, keys or words that broke it.
"""


class FormatError(ValueError):
    """Something does not follow FORMAT.md; never raised directly.

    ``needs`` is ``document`` or ``epochs`` where the reader lacks some that the desk's history may bring (section
    6.6), so that the refusal is not final; else it is empty.
    """

    def __init__(self, reason: str, *, needs: str = "") -> None:
        super().__init__(reason)
        self.needs = needs


class EncodingError(FormatError):
    """A frame, base64url, JSON or field is not in the one accepted form (sections 1 and 2)."""


class HeaderError(FormatError):
    """An age header is malformed, has a foreign stanza, or its MAC is wrong (section 5)."""


class NoMatchError(FormatError):
    """The envelope is well formed, but none of the keys at hand opens it (section 5)."""


class PayloadError(FormatError):
    """The encrypted body is truncated, extended, altered or wrongly padded (sections 4 and 5)."""


class SignatureError(FormatError):
    """A signature does not verify, or was made by another key than the one required (section 3)."""


class DeskError(FormatError):
    """A desk document or member epoch does not fit its desk, day or document (section 6)."""


class BindingError(FormatError):
    """A signed statement names another desk, log, place, author or recipient set (sections 7 to 9)."""


class WordsError(FormatError):
    """The words are not eight words of one list, or not ten of a desk's address (sections 2.1 and 8)."""

    def __init__(self, reason: str, place: int | None = None) -> None:
        super().__init__(reason)
        self.place = place
        """Which word is unknown, counted from 1; None if the number of words is wrong, or no single word is."""


class KeyFileError(FormatError):
    """A key file is damaged, of an unknown version, or the passphrase is wrong (section 10)."""
