# SPDX-License-Identifier: EUPL-1.2
"""What a protocol lacks although a law asks for it: advice, because no law says that a protocol must have it.

The clocks of a report run whatever a protocol has. The terms of other statutes run only where a step has them, so
their absence is said.
"""

import re
from collections.abc import Iterator

from casework.domain.judge.guards import handlers_declared
from casework.domain.protocol.figures import not_recorded
from casework.domain.protocol.model import InvestigationProtocol, Step
from casework.domain.terms.law import LAW
from casework.domain.terms.report_clocks import ACKNOWLEDGEMENT, FEEDBACK
from casework.domain.text import Text

_CLOCKS = {
    ACKNOWLEDGEMENT: Text(
        "geen stap hoort bij de ontvangstbevestiging binnen zeven dagen (Wbk, artikel 2, tweede lid, onder h). Die "
        'termijn loopt toch; een stap met term = { clock = "acknowledgement" } laat zien wie het doet.',
        "no step belongs to the acknowledgement within seven days (Wbk, article 2(2)(h)). That term runs all the same; "
        'a step with term = { clock = "acknowledgement" } shows who does it.',
    ),
    FEEDBACK: Text(
        "geen stap hoort bij de terugkoppeling binnen drie maanden (Wbk, artikel 2, tweede lid, onder i). Die termijn "
        'loopt toch; geef de stap met done_by = "feedback" ook term = { clock = "feedback" }.',
        "no step belongs to the feedback within three months (Wbk, article 2(2)(i)). That term runs all the same; give "
        'the step with done_by = "feedback" also term = { clock = "feedback" }.',
    ),
}
_LAWS = {
    "avg_14_3": Text(
        "geen stap vertelt de betrokkene dat zijn gegevens worden gebruikt (AVG, artikel 14, derde lid). Zonder een "
        'stap met term = { law = "avg_14_3", from = … } loopt die termijn hier niet.',
        "no step tells the person concerned that their data are used (GDPR, article 14(3)). Without a step with "
        'term = { law = "avg_14_3", from = … } that term does not run here.',
    ),
    "sv_162": Text(
        "geen stap toetst of er aangifte moet worden gedaan (Sv, artikel 162). Zonder een stap met "
        'term = { law = "sv_162", from = … } herinnert niets daaraan.',
        "no step tests whether a crime must be reported (Sv, article 162). Without a step with "
        'term = { law = "sv_162", from = … } nothing reminds of it.',
    ),
}
_REPLY = Text(
    "geen stap of veld noemt wederhoor, horen, verweer of een zienswijze. Wie beschuldigd wordt, mag zich verdedigen "
    "(Richtlijn (EU) 2019/1937, artikel 22; bij een klacht Awb, artikel 9:10).",
    'no step or field has "wederhoor", "horen", "verweer" or "zienswijze" in its Dutch words. Whoever is accused may '
    "defend themself (Directive (EU) 2019/1937, article 22; for a complaint Awb, article 9:10).",
)
_INTERESTS = Text(
    "geen stap laat elke behandelaar verklaren dat die geen belang heeft: de guard handlers_declared (Richtlijn (EU) "
    "2019/1937, artikel 9, eerste lid, onder c; bij een klacht Awb, artikel 9:7).",
    "no step has every handler declare to have no interest: the guard handlers_declared (Directive (EU) 2019/1937, "
    "article 9(1)(c); for a complaint Awb, article 9:7).",
)
_HEARD = re.compile(r"wederhoor|\bhoor|\bhoren\b|\bgehoord\b|verweer|zienswijze", re.IGNORECASE)


def lacks(protocol: InvestigationProtocol) -> tuple[Text, ...]:
    """Return what the protocol lacks, each with the article that asks for it, as the rest of a sentence."""
    figures = not_recorded(protocol)
    return (*_of_steps(list(protocol.steps.values())), *([_not_recorded(figures)] if figures else []))


def _of_steps(steps: list[Step]) -> Iterator[Text]:
    clocks = {step.clock for step in steps}
    rules = {rule for step in steps for term in step.terms for rule in term.rules}
    yield from (text for clock, text in _CLOCKS.items() if clock not in clocks)
    yield from (text for law, text in _LAWS.items() if LAW[law] not in rules)
    if not any(_HEARD.search(words) for step in steps for words in _words(step)):
        yield _REPLY
    if not any(handlers_declared.__name__ in step.guards for step in steps):
        yield _INTERESTS


def _not_recorded(figures: tuple[int, ...]) -> Text:
    numbers = ", ".join(map(str, figures))
    return Text(
        f"geen stap legt deze cijfers van het jaarverslag vast: {numbers} (Ambtenarenwet 2017, artikel 4, vierde lid).",
        f"no step records these figures of the annual report: {numbers} (Dutch Civil Servants Act 2017, article 4(4)).",
    )


def _words(step: Step) -> Iterator[str]:
    yield step.title.nl
    yield from (field.label.nl for field in step.record)
