# SPDX-License-Identifier: EUPL-1.2
"""The reporter's eight words: made, checked, stretched (FORMAT.md sections 8.1 and 8.2).

Words are checked against the lists before any slow work, so that a typing error costs nothing and
says nothing about a mailbox. Not for the intake.
"""

import re
import secrets
import unicodedata

from crypto.derive import SALT_LENGTH, stretch
from crypto.encoding import b32decode, labelled_hash
from crypto.errors import WordsError
from crypto.fields import DESK_ID_LENGTH
from crypto.wordlist import LANGUAGES, word_list

WORDS = 8
LIST_LENGTH = 7776
_MEMORY = 19_456
_PASSES = 2
_MARKS = re.compile("[\u0300-\u036f]")
_OTHER = re.compile("[^a-z]+")


def new_words(language: str) -> tuple[str, ...]:
    """Return eight fresh words of one list, 103.4 bits from the operating system's randomness."""
    return tuple(secrets.choice(word_list(language)) for _ in range(WORDS))


def normalise(text: str) -> str:
    """Return the normal form of typed words: lower-case words of a to z with single spaces."""
    letters = _MARKS.sub("", unicodedata.normalize("NFKD", text).lower())
    return _OTHER.sub(" ", letters).strip(" ")


def check_words(text: str) -> tuple[str, ...]:
    """Return the eight words that a text holds.

    Raises:
        WordsError: not eight words of one list; `place` counts from 1 to the first that the list lacks.
    """
    words = tuple(normalise(text).split())
    if len(words) != WORDS:
        raise WordsError(f"a passphrase has {WORDS} words, not {len(words)}")
    unknown = min((_unknown_places(words, language) for language in LANGUAGES), key=len)
    if unknown:
        raise WordsError(f"word {unknown[0]} is not in the list of words", place=unknown[0])
    return words


def _unknown_places(words: tuple[str, ...], language: str) -> list[int]:
    known = set(word_list(language))
    return [place for place, word in enumerate(words, start=1) if word not in known]


def derive_root(words: tuple[str, ...], desk: str) -> bytes:
    """Return the root secret, 32 bytes, of checked words at a desk; takes some 40 ms on purpose."""
    salt = labelled_hash("salt", b32decode(desk, DESK_ID_LENGTH))[:SALT_LENGTH]
    return stretch(" ".join(words).encode("ascii"), salt, _MEMORY, _PASSES)
