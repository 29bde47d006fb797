# SPDX-License-Identifier: EUPL-1.2
"""The figures of the annual report, and the closed lists of codes that protocols feed them with.

A municipality chooses its own words; what is counted together over protocols and years has one code (the value of a
choice or option, or its `counts_as`). Nature: the nine types of the uniform registration model, and what is left.
"""

from collections.abc import Iterator

from casework.domain.case.records import FieldType, RecordField
from casework.domain.protocol.model import InvestigationProtocol, Step

_NATURES = (
    "financieel",
    "belangen",
    "informatie",
    "bevoegdheden",
    "geweld",
    "omgangsvormen",
    "prive",
    "dienstmiddelen",
    "misstand",
    "overig",
)

CODES: dict[int, frozenset[str]] = {
    3: frozenset(_NATURES),
    4: frozenset({"misstand", "onregelmatigheid", "integriteitsschending", "klacht", "signaal"}),
    5: frozenset({"medewerker", "inhuur", "oud_medewerker", "leverancier", "inwoner", "onbekend"}),
    6: frozenset({"ambtenaar", "inhuur", "politiek_ambtsdrager", "organisatie"}),
    7: frozenset(
        {"niet_in_behandeling", "doorverwezen", "in_lijn", "vooronderzoek", "onderzoek", "aangifte", "nog_niet"}
    ),
    8: frozenset({"intern", "extern"}),
    9: frozenset({"gegrond", "deels_gegrond", "ongegrond", "niet_vast_te_stellen"}),
    10: frozenset({"geen", "gesprek_of_waarschuwing", "berisping", "overplaatsing", "ontslag", "overig"}),
    11: frozenset({"aangifte", "geen_aangifte"}),
    12: frozenset({"huis", "andere_autoriteit", "lkog", "geen"}),
    14: frozenset(),
    16: frozenset({"open", "overgenomen", "uitgevoerd", "afgewezen"}),
}
"""The codes of each figure that records and options of a protocol feed; 14 (retaliation) has no choices."""

OF_THE_CASE = {1: "the channel of the report", 13: "the clocks", 15: "the other figures, year by year"}
"""Figures that every case gives by itself."""
OF_THE_DESK = {2: "conversations with confidential advisers", 17: "prevention"}
"""Figures that no case has: people enter them once a year."""


def sources(protocol: InvestigationProtocol) -> dict[int, tuple[str, ...]]:
    """Return where the protocol records each figure, as "A03" for options and "A03.soort" for fields."""
    found: dict[int, list[str]] = {}
    for step in protocol.steps.values():
        for figure, source in _figures(step):
            found.setdefault(figure, []).append(source)
    return {figure: tuple(where) for figure, where in sorted(found.items())}


def not_recorded(protocol: InvestigationProtocol) -> tuple[int, ...]:
    """Return the figures that a case of this protocol will be missing from."""
    return tuple(sorted(CODES.keys() - sources(protocol).keys()))


def unknown_codes(figure: int, codes: Iterator[str]) -> tuple[str, ...]:
    """Return those of the codes that the figure does not have."""
    return tuple(code for code in codes if code not in CODES[figure])


def _figures(step: Step) -> Iterator[tuple[int, str]]:
    if step.figure:
        yield step.figure, step.id
    for field in fields_of(step):
        if field.figure:
            yield field.figure, f"{step.id}.{field.name}"


def fields_of(step: Step) -> Iterator[RecordField]:
    """Yield the fields of a step's record, and after a field of rows its columns."""
    for field in step.record:
        yield field
        if field.type is FieldType.ROWS:
            yield from field.columns
