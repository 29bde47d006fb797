# SPDX-License-Identifier: EUPL-1.2
"""Why the protocol does not let a step be done, left out or reopened now, or a case follow it."""

from casework.domain.errors import Problem
from casework.domain.text import Text

UNKNOWN_STEP = Problem(
    "unknown_step", Text("Deze stap staat niet in het protocol.", "This step is not in the protocol.")
)
UNKNOWN_OPTION = Problem(
    "unknown_option", Text("Kies een van de uitkomsten van deze stap.", "Choose one of the outcomes of this step.")
)
ALREADY_DONE = Problem(
    "already_done",
    Text("Deze stap is al gedaan. Heropen hem als hij over moet.", "This step is done. Reopen it to redo it."),
)
ALREADY_EXTENDED = Problem(
    "already_extended",
    Text(
        "Deze termijn is al een keer verlengd. De wet staat dat één keer toe.",
        "This term was already extended. The law allows that once.",
    ),
)
SAME_PROTOCOL = Problem(
    "same_protocol", Text("Deze zaak volgt dat protocol al.", "This case follows that protocol already.")
)
NOT_DONE = Problem("not_done", Text("Deze stap is nog niet gedaan.", "This step is not done yet."))
NOT_REACHED = Problem(
    "not_reached",
    Text("Deze stap is nog niet aan de beurt.", "This step's turn has not come yet."),
)
BY_REPORT = Problem(
    "done_by_report",
    Text("Deze stap is de ontvangst van de melding zelf.", "This step is the report's receipt itself."),
)
BY_FEEDBACK = Problem(
    "done_by_feedback",
    Text("Deze stap doet u door een terugkoppeling te schrijven.", "This step is done by writing feedback."),
)
NEEDED_STEP = Problem(
    "needed_step",
    Text(
        "Deze stap kan niet worden weggelaten: hier begint of eindigt de zaak, of hier staat wat er is weggelaten, en "
        "waarom.",
        "This step cannot be left out: the case begins or ends with it, or it tells what was left out, and why.",
    ),
)


def not_the_authority(actor: Text) -> Problem:
    """Return the problem that somebody else consented to leaving out a step than the protocol asks (fact P04)."""
    return Problem(
        "not_the_authority",
        Text(
            f"Afwijken van het protocol vraagt toestemming van: {actor.nl}.",
            f"Leaving the protocol needs the consent of: {actor.en}.",
        ),
    )


def law_step(basis: Text) -> Problem:
    """Return the problem that a law asks for a step, so that nobody can consent to leaving it out."""
    return Problem(
        "law_cannot_be_left_out",
        Text(
            f"De wet vraagt deze stap: {basis.nl}. Weglaten kan niet, met niemands toestemming. Doe de stap, of kies "
            "de uitkomst die past.",
            f"The law asks for this step: {basis.en}. It cannot be left out, with nobody's consent. Do the step, or "
            "choose the outcome that fits.",
        ),
    )
