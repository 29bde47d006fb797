# SPDX-License-Identifier: EUPL-1.2
"""The terms of statutes other than the Wbk, and what may extend them. Protocols name them and cannot change them.

Awb: Algemene wet bestuursrecht, title 9.1 (complaints). AVG: the GDPR. Sv: Wetboek van Strafvordering.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from casework.domain.terms.free_days import FreeDayRule
from casework.domain.terms.term import Extension, Length, TermKind, TermRule, TermUnit
from casework.domain.text import Text


def _awb(weeks: int, basis: Text) -> TermRule:
    return TermRule(Length(weeks, TermUnit.WEEKS), TermKind.LAW, basis, FreeDayRule.ATW)


LAW: Mapping[str, TermRule] = {
    "avg_14_3": TermRule(
        Length(1, TermUnit.MONTHS),
        TermKind.LAW,
        Text(
            "AVG, artikel 14, derde lid. Uitzonderingen: artikel 14, vijfde lid, en artikel 23; UAVG, artikel 41",
            "GDPR, article 14(3). Exceptions: articles 14(5) and 23; Dutch GDPR Implementation Act (UAVG), article 41",
        ),
        FreeDayRule.EUROPEAN,
        lasting=True,
    ),
    "awb_9_8_3": _awb(
        4,
        Text(
            "Algemene wet bestuursrecht, artikel 9:8, derde lid",
            "Dutch General Administrative Law Act (Awb), article 9:8(3)",
        ),
    ),
    "awb_9_11_1": _awb(
        6,
        Text(
            "Algemene wet bestuursrecht, artikel 9:11, eerste lid",
            "Dutch General Administrative Law Act (Awb), article 9:11(1)",
        ),
    ),
    "awb_9_11_1_committee": _awb(
        10,
        Text(
            "Algemene wet bestuursrecht, artikel 9:11, eerste lid (een commissie adviseert over de klacht)",
            "Dutch General Administrative Law Act (Awb), article 9:11(1) (a committee advises on the complaint)",
        ),
    ),
    "sv_162": TermRule(
        Length(0, TermUnit.DAYS),
        TermKind.LAW,
        Text(
            "Wetboek van Strafvordering, artikel 162, eerste lid",
            "Dutch Code of Criminal Procedure (Sv), article 162(1)",
        ),
        in_words=Text("onverwijld", "without delay"),
    ),
}


class ExtensionRule(NamedTuple):
    """How a statute lets a running term be extended.

    `by` is a length from the strict end, or names the day field of the record that has the new last day. `extends`
    are the terms of LAW that it is for. `requires` are the day fields that the record must have; of these `notices`
    must all lie before the term has ended. `after` is the rule that must have been used first; a rule that is `once`
    extends a term one time.
    """

    by: Length | str
    basis: Text
    reason: Text
    extends: tuple[str, ...]
    requires: tuple[str, ...]
    notices: tuple[str, ...] = ()
    once: bool = False
    after: str | None = None

    def extension(self, days: Mapping[str, date]) -> Extension:
        """Return the extension that a record with these days gives; raise KeyError where a required day lacks."""
        by = days[self.by] if isinstance(self.by, str) else self.by
        told = max((days[name] for name in self.notices), default=None)
        return Extension(by, self.reason, told)


_DECISIONS = ("awb_9_11_1", "awb_9_11_1_committee")
_BOTH_PARTIES = ("bericht_klager_op", "bericht_beklaagde_op")

EXTENSIONS: Mapping[str, ExtensionRule] = {
    "awb_9_11_2": ExtensionRule(
        Length(4, TermUnit.WEEKS),
        Text(
            "Algemene wet bestuursrecht, artikel 9:11, tweede lid",
            "Dutch General Administrative Law Act (Awb), article 9:11(2)",
        ),
        Text(
            "Met vier weken verdaagd (Awb, artikel 9:11, tweede lid). De klager en de beklaagde kregen bericht.",
            "Adjourned by four weeks (Awb, article 9:11(2)). Both the complainant and the person concerned were told.",
        ),
        extends=_DECISIONS,
        requires=_BOTH_PARTIES,
        notices=_BOTH_PARTIES,
        once=True,
    ),
    "awb_9_11_3": ExtensionRule(
        "nieuwe_einddag",
        Text(
            "Algemene wet bestuursrecht, artikel 9:11, derde lid",
            "Dutch General Administrative Law Act (Awb), article 9:11(3)",
        ),
        Text(
            "Verder uitgesteld tot een afgesproken dag (Awb, artikel 9:11, derde lid). De klager stemde "
            "schriftelijk in.",
            "Postponed further, to a day agreed on (Awb, article 9:11(3)). The complainant consented in writing.",
        ),
        extends=_DECISIONS,
        requires=("nieuwe_einddag", "instemming_op"),
        after="awb_9_11_2",
    ),
}


def granted(records: Iterable[tuple[str, Mapping[str, date]]]) -> tuple[Extension, ...]:
    """Return the extensions that records give, in their order: each is the name of a rule and the days that it has.

    A record that lacks a required day extends nothing; nor does a second adjournment, or consent before the first.
    """
    used: list[str] = []
    extensions = []
    for law, days in records:
        rule = EXTENSIONS[law]
        early, again = rule.after is not None and rule.after not in used, rule.once and law in used
        if early or again or not days.keys() >= set(rule.requires):
            continue
        used.append(law)
        extensions.append(rule.extension(days))
    return tuple(extensions)
