# SPDX-License-Identifier: EUPL-1.2
"""What no case closes without, whatever its protocol: feedback, messages that arrived, danger that was reviewed.

A closing that came before all of that closes nothing. It stays in the log and is shown, and every clock runs on.
"""

from casework.domain.case.disclosures import is_reviewed
from casework.domain.case.state import Case
from casework.domain.errors import Problem
from casework.domain.text import Text

STAYS_OPEN = Problem(
    "stays_open",
    Text(
        "De zaak is hiermee niet gesloten en loopt door. Doe wat nog moet en leg deze stap dan opnieuw vast.",
        "This did not close the case, which goes on. Do what is left, and record this step again.",
    ),
)
_FINAL_FEEDBACK_MISSING = Problem(
    "final_feedback_missing",
    Text("De eindterugkoppeling aan de melder ontbreekt.", "Final feedback to the reporter is missing."),
)
_NOT_PLACED = Problem(
    "message_not_placed",
    Text("Er is een bericht geschreven dat nog niet is verstuurd.", "A message was written and not yet sent."),
)
_NOT_REVIEWED = Problem(
    "disclosure_not_reviewed",
    Text(
        "Een lid lichtte 112 of een dienst in wegens levensgevaar. Twee andere leden moeten dat nog nakijken. Is er "
        "maar één vrij, dan doet dat lid het alleen, met de reden. Is er niemand vrij, vraag dan om een vervanger.",
        "A member told 112 or a service of a danger to life. Two other members must still judge that. If only one is "
        "free, that member judges it alone, with the reason. If nobody is free, ask for a substitute.",
    ),
)


def feedback_problem(case: Case) -> Problem | None:
    """Return that a reporter had no final feedback, and nobody decided that it is impossible (fact P07), or None."""
    finished = all(report.finished_seq is not None for report in case.own_reports)
    return None if finished else _FINAL_FEEDBACK_MISSING


def placing_problem(case: Case) -> Problem | None:
    """Return that a written message is still under way to a mailbox that is there, or None."""
    return _NOT_PLACED if case.unplaced else None


def review_problem(case: Case) -> Problem | None:
    """Return that a disclosure in danger to life waits for its review, or None."""
    reviewed = all(is_reviewed(disclosure) for disclosure in case.disclosures.values())
    return None if reviewed else _NOT_REVIEWED


def closing_problem(case: Case) -> Problem | None:
    """Return the first of these that is in the way of closing, or None."""
    return feedback_problem(case) or placing_problem(case) or review_problem(case)


def too_early(why: Problem) -> Problem:
    """Return what to tell of a closing that something stood in the way of; the code is that of the reason."""
    return Problem(
        why.code,
        Text(
            f"Deze sluiting telt niet. {why.text.nl} De zaak loopt door, met alle termijnen. "
            "Doe wat nog moet en sluit het dan opnieuw.",
            f"This closing does not count. {why.text.en} The case goes on, with all its terms. "
            "Do what is left, and close it again.",
        ),
    )
