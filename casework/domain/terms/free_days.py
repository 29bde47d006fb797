# SPDX-License-Identifier: EUPL-1.2
"""What becomes of a term whose last day is a Saturday, Sunday or feast day: which law moves it, and how surely.

Whatever the answer, the strict date stays the day to act on: who acts by then is never late.
"""

from enum import StrEnum

from casework.domain.text import Text


class FreeDayRule(StrEnum):
    """The rule that moves the end of a term to the next working day.

    ATW: a term in a Dutch statute, so the Algemene termijnenwet (Atw, art. 1) moves it for certain.
    PERHAPS_ATW: the statute only says what a local procedure must promise; whether the Atw reaches that is not settled.
    EUROPEAN: a term of European law, which has a rule of its own (Regulation 1182/71, art. 3(4)).
    NONE: a local norm, or no term in days at all.
    """

    ATW = "atw"
    PERHAPS_ATW = "perhaps_atw"
    EUROPEAN = "european"
    NONE = "none"

    @property
    def words(self) -> Text | None:
        """Return what to say beside the later day that this rule gives; None where there is no such day."""
        return _WORDS.get(self)


_WORDS = {
    FreeDayRule.ATW: Text(
        "De Algemene termijnenwet geldt voor deze termijn: hij eindigt pas op deze dag. Houd toch de eerdere dag aan.",
        "The Dutch General Extension of Time Limits Act (Atw) applies to this term: it ends on this day. "
        "Keep to the earlier day all the same.",
    ),
    FreeDayRule.PERHAPS_ATW: Text(
        "Uiterste lezing van de Algemene termijnenwet. Het staat niet vast dat die hier geldt. "
        "Houd de eerdere dag aan.",
        "The latest reading of the Dutch General Extension of Time Limits Act (Atw). It is not certain that this act "
        "applies here: keep to the earlier day.",
    ),
    FreeDayRule.EUROPEAN: Text(
        "Uiterste lezing van de Europese regel voor termijnen (Verordening 1182/71, artikel 3, vierde lid). "
        "Houd de eerdere dag aan.",
        "The latest reading of the European rule for terms (Regulation 1182/71, article 3(4)). "
        "Keep to the earlier day.",
    ),
}
