# SPDX-License-Identifier: EUPL-1.2
"""Rebuilds the word lists from the public lists that crypto/words/README.md names; equal inputs give equal bytes.

Words are ranked, then taken from the top as long as they keep what that page promises: no word begins another, two
words are two letters apart or more, no two sound alike by our rules, and none is in avoid-LANGUAGE.txt. It needs an
environment of its own, which the page says how to make.
"""

import gzip
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from hashlib import sha256
from importlib import import_module
from importlib.resources import files
from pathlib import Path

HERE = Path(__file__).parent
LISTS = HERE.parents[1] / "crypto" / "words"
DICTIONARIES = Path("/usr/share/dict")
COUNT = 7776
SHAPE = re.compile("[a-z]{4,8}")
FOREIGN = 0.6
"""How much more usual a word may be in English before it is no Dutch word."""
NAME = 0.7
"""How much less usual a word counts that is also written with a capital, as names are."""
EFF = 1.3
"""How much more usual a word counts that the EFF chose for being easy to picture and to spell."""
PARTICIPLE = re.compile("(ge|ver|be|ont).*(d|t|den|te)")
VOWELS = "aeou"
SHORTEST_STEM = 3
SOUNDS = (
    *(("ij", "ei"), ("ou", "au"), ("sch", "sg"), ("ch", "g"), ("th", "t"), ("ph", "f"), ("qu", "kw"), ("x", "ks")),
    *(("y", "i"), ("ie", "i"), ("ce", "se"), ("ci", "si"), ("c", "k"), ("z", "s"), ("v", "f"), ("dt", "t")),
)


def read(name: str) -> set[str]:
    """Return the words of one of Debian's dictionaries, in its own spelling."""
    return set((DICTIONARIES / name).read_text(encoding="utf-8").split())


def avoided(language: str) -> re.Pattern[str]:
    """Return one pattern for all lines of avoid-LANGUAGE.txt, in which ``*`` stands for any letters."""
    lines = (HERE / f"avoid-{language}.txt").read_text(encoding="utf-8").splitlines()
    entries = {line for line in lines if line and not line.startswith("#")}
    return re.compile("|".join(entry.replace("*", "[a-z]*") for entry in sorted(entries)))


def effs() -> set[str]:
    """Return the EFF's large list, which the package diceware carries with a dice roll before each word."""
    lines = (files("diceware") / "wordlists" / "wordlist_en_eff.txt").read_text(encoding="utf-8").splitlines()
    return {line.split("\t")[-1] for line in lines}


def frequency(language: str) -> Callable[[str], float]:
    """Return how usual a word is on the Zipf scale: 3 is once, 6 a thousand times in a million words."""
    usual: Callable[[str], float] = partial(import_module("wordfreq").zipf_frequency, lang=language)
    return usual


def shaped(words: set[str]) -> set[str]:
    """Return the words of 4 to 8 plain letters."""
    return {word for word in words if SHAPE.fullmatch(word)}


def infinitives(stem: str) -> Iterator[str]:
    """Yield how the Dutch infinitive or plural of a stem may be written (loop: lopen, pak: pakken, leef: leven)."""
    soft = stem[:-1] + {"f": "v", "s": "z"}.get(stem[-1], stem[-1])
    yield from (stem + "en", stem + stem[-1] + "en", soft + "en")
    if soft[-2] == soft[-3] and soft[-2] in VOWELS:
        yield soft[:-2] + soft[-1] + "en"


def is_form(word: str, dutch: Callable[[str], float]) -> bool:
    """Tell whether a Dutch word is a conjugated form whose infinitive is at least about as usual."""
    stems = [(word, -0.4)] + [(word[: -len(end)], 0.5) for end in ("t", "de", "te", "d") if word.endswith(end)]
    return any(
        dutch(infinitive) >= dutch(word) - slack
        for stem, slack in stems
        if len(stem) >= SHORTEST_STEM
        for infinitive in infinitives(stem)
    )


def is_inflected(word: str, words: set[str]) -> bool:
    """Tell whether a Dutch word is an adjective with -e, whose plain form is a word too (slome: sloom)."""
    stem = word[:-1]
    plain = (stem, stem[:-1], stem[:-1] + stem[-2] + stem[-1], f"{stem[:-1]}f", f"{stem[:-1]}s")
    return word.endswith("e") and any(base in words for base in plain)


def dutch_ranking() -> list[str]:
    """Return OpenTaal's words by how usual they are, easy spelling first among equals."""
    words = read("dutch")
    names = words | read("american-english-large")
    dutch, english = frequency("nl"), frequency("en")

    def rank(word: str) -> tuple[float, str]:
        effort = 0.1 * len(word) + 0.2 * len(re.findall("[xyq]|c(?!h)|ij|ei|ou|au|th", word))
        unusual = 0.5 * is_inflected(word, words) + 0.3 * bool(PARTICIPLE.fullmatch(word))
        return effort + unusual + NAME * (word.capitalize() in names) - dutch(word), word

    usable = {word for word in shaped(words) if english(word) <= dutch(word) + FOREIGN and not is_form(word, dutch)}
    return [word for _, word in sorted(map(rank, usable))]


def english_ranking() -> list[str]:
    """Return the EFF's and a small American dictionary's words by how usual they are, the EFF's first among equals."""
    eff, english = effs(), frequency("en")
    names = read("american-english-large")

    def rank(word: str) -> tuple[float, str]:
        effort = 0.1 * len(word) + NAME * (word.capitalize() in names)
        return effort - english(word) - EFF * (word in eff), word

    return [word for _, word in sorted(map(rank, shaped(eff | read("american-english"))))]


def sound(word: str) -> str:
    """Return roughly how a word sounds to a Dutch ear: what is written alike in two ways becomes one."""
    for written, heard in SOUNDS:
        word = word.replace(written, heard)
    word = re.sub(r"(.)\1", r"\1", word)
    return word[:-1] + {"d": "t", "b": "p"}.get(word[-1], word[-1])


def one_letter_away(word: str) -> Iterator[str]:
    """Yield patterns that any two words share which differ by one letter changed, added or left out."""
    for place in range(len(word)):
        yield f"{word[:place]}?{word[place + 1 :]}"
    for place in range(len(word) + 1):
        yield f"{word[:place]}?{word[place:]}"


def take(ranking: Iterable[str], avoid: re.Pattern[str]) -> list[str]:
    """Return the first 7,776 words that keep the list's promises, sorted.

    Raises:
        SystemExit: the ranking ran out of words.
    """
    taken: set[str] = set()
    beginnings: set[str] = set()
    patterns: set[str] = set()
    for word in ranking:
        starts = {word[:end] for end in range(4, len(word) + 1)}
        near = {*one_letter_away(word), f"sounds {sound(word)}"}
        if avoid.fullmatch(word) or word in beginnings or starts & taken or near & patterns:
            continue
        taken.add(word)
        beginnings |= starts
        patterns |= near
        if len(taken) == COUNT:
            return sorted(taken)
    sys.exit(f"only {len(taken)} words were left")


def write(language: str, words: list[str]) -> None:
    """Write the list and print the facts that crypto/words/README.md states."""
    data = "".join(f"{word}\n" for word in words).encode("ascii")
    (LISTS / f"{language}.txt").write_bytes(data)
    packed = len(gzip.compress(data, 9, mtime=0))
    print(f"{language}.txt: {len(words)} words, {len(data)} bytes, {packed} with gzip, {sha256(data).hexdigest()}")


def main() -> None:
    """Rebuild both lists."""
    write("nl", take(dutch_ranking(), avoided("nl")))
    write("en", take(english_ranking(), avoided("en")))


if __name__ == "__main__":
    main()
