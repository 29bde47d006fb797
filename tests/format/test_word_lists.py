# SPDX-License-Identifier: EUPL-1.2
"""Both word lists keep what crypto/words/README.md promises (FORMAT.md section 8.1)."""

import importlib.util
import re
from collections import Counter
from hashlib import sha256
from itertools import pairwise

import pytest

from support.repository import ROOT

FOLDER = ROOT / "crypto" / "words"
README = (FOLDER / "README.md").read_text(encoding="utf-8")

each_language = pytest.mark.parametrize("language", ["nl", "en"])


def words_of(language: str) -> list[str]:
    return (FOLDER / f"{language}.txt").read_bytes().decode("ascii").split("\n")[:-1]


@each_language
def test_list_is_the_one_that_the_readme_describes(language: str) -> None:
    data = (FOLDER / f"{language}.txt").read_bytes()

    row = f"| `{language}.txt` | {len(words_of(language)):,} | {len(data):,} | `{sha256(data).hexdigest()}` |"

    assert row in README


@each_language
def test_list_has_7776_sorted_words_of_4_to_8_plain_letters(language: str) -> None:
    words = words_of(language)

    assert len(words) == 7776
    assert all(re.fullmatch("[a-z]{4,8}", word) for word in words)
    assert words == sorted(set(words))


@each_language
def test_no_word_begins_another(language: str) -> None:
    assert [pair for pair in pairwise(words_of(language)) if pair[1].startswith(pair[0])] == []


@each_language
def test_one_typing_error_never_makes_another_word(language: str) -> None:
    words = words_of(language)
    changed = Counter(word[:place] + "?" + word[place + 1 :] for word in words for place in range(len(word)))
    shortened = {word[:place] + word[place + 1 :] for word in words for place in range(len(word))}

    assert [pattern for pattern, count in changed.items() if count > 1] == []
    assert shortened.isdisjoint(words)


@each_language
def test_no_word_is_one_that_nobody_should_have_to_say(language: str) -> None:
    specification = importlib.util.spec_from_file_location("curate", ROOT / "deploy" / "words" / "curate.py")
    assert specification is not None
    assert specification.loader is not None
    curate = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(curate)

    avoided = curate.avoided(language)

    assert avoided.fullmatch({"nl": "moordenaar", "en": "murderer"}[language])
    assert [word for word in words_of(language) if avoided.fullmatch(word)] == []
