# SPDX-License-Identifier: EUPL-1.2
"""What a drawing says that the protocol does not say itself, in both languages."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from casework.domain.protocol.model import Phase, Step
from casework.domain.terms.report_clocks import CLOCK_RULES
from casework.domain.terms.term import TermKind, TermRule, TermUnit
from casework.domain.text import Language, Text

PHASES: Mapping[Phase, Text] = {
    Phase.RECEIVE: Text("Ontvangen", "Receive"),
    Phase.ASSESS: Text("Beoordelen", "Assess"),
    Phase.ADDRESS: Text("Behandelen", "Address"),
    Phase.CONCLUDE: Text("Afronden", "Conclude"),
}
ELSE = Text("Anders", "Otherwise")
AGAIN = Text("opnieuw", "again")
YES_NO = {"yes": Text("Ja", "Yes"), "no": Text("Nee", "No")}
BESIDE = Text("Mag naast {steps}", "May go beside {steps}")
EXTENDS = Text("Verlengt de termijn van {step}", "Extends the term of {step}")
REOPENS = Text("Heropenen begint bij {step}", "Reopening starts at {step}")
VERSION = Text("Versie {version}", "Version {version}")
DESCRIPTION = Text(
    "Stroomschema van {steps} stappen in {phases} fasen. Elke stap heeft een nummer, een naam, een termijn als die er "
    "is, en wie de stap doet. Bij een keuze staat achter elke uitkomst de stap die volgt.",
    "Flow chart of {steps} steps in {phases} phases. Each step has a number, a name, a term if there is one, and who "
    "does it. Where there is a choice, each outcome names the step that follows.",
)
LEGEND = {
    "step": Text("stap", "step"),
    "optional": Text("niet verplicht", "not required"),
    "exit": Text("einde, of andere weg", "end, or another way"),
    "on": Text("daarna", "then"),
    "back": Text("terug", "back"),
    "law": Text("wet: termijn uit de wet", "law: a term of the law"),
    "norm": Text("norm: eigen termijn", "norm: a term of one's own"),
}
_KINDS: Mapping[TermKind, Text] = {
    TermKind.LAW: Text("wet", "law"),
    TermKind.NORM: Text("norm", "norm"),
    TermKind.DEFAULT: Text("standaard", "default"),
}
_UNITS: Mapping[TermUnit, tuple[Text, Text]] = {
    TermUnit.DAYS: (Text("dag", "day"), Text("dagen", "days")),
    TermUnit.WEEKS: (Text("week", "week"), Text("weken", "weeks")),
    TermUnit.MONTHS: (Text("maand", "month"), Text("maanden", "months")),
    TermUnit.WORKDAYS: (Text("werkdag", "working day"), Text("werkdagen", "working days")),
}
_AND, _OR = Text("en", "and"), Text("of", "or")


def term_of(step: Step, language: Language) -> str:
    """Return a step's terms as in `7 dagen · wet`; alternatives and repeated terms together, empty for none."""
    rules = [term.rules for term in step.terms] or ([(CLOCK_RULES[step.clock],)] if step.clock else [])
    if not rules:
        return ""
    if all(len(alternative) == 1 for alternative in rules):
        said = _lengths([alternative[0] for alternative in rules], _OR, language)
    else:
        said = _joined([_lengths(alternative, _AND, language) for alternative in rules], _OR, language)
    return f"{said} · {_KINDS[rules[0][0].kind].in_language(language)}"


def _lengths(rules: Sequence[TermRule], last: Text, language: Language) -> str:
    """Lengths in one unit share its name: `3, 6 en 12 maanden`."""
    alike = groupby(rules, lambda rule: (rule.length.unit, rule.in_words))
    return _joined([_shared(list(group), last, language) for _, group in alike], last, language)


def _shared(rules: Sequence[TermRule], last: Text, language: Language) -> str:
    if rules[0].in_words:
        return rules[0].in_words.in_language(language)
    one, many = _UNITS[rules[0].length.unit]
    amounts = list(dict.fromkeys(str(rule.length.amount) for rule in rules))
    return f"{_joined(amounts, last, language)} {(one if amounts == ['1'] else many).in_language(language)}"


def _joined(parts: Sequence[str], last: Text, language: Language) -> str:
    return f" {last.in_language(language)} ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)
