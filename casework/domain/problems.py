# SPDX-License-Identifier: EUPL-1.2
"""Why an entry is void or a command is refused, in words that a secretary understands."""

from casework.domain.errors import Problem
from casework.domain.text import Text

NO_REPORT = Problem("unknown_report", Text("Deze melding hoort niet bij deze zaak.", "No such report in this case."))
NO_MESSAGE = Problem("unknown_message", Text("Dit bericht is niet geschreven.", "No such message was written."))
TWICE = Problem("already_recorded", Text("Dit is al vastgelegd.", "This is already recorded."))
EXCLUDED = Problem(
    "member_excluded",
    Text("Dit lid is van deze zaak uitgesloten.", "This member is excluded from this case."),
)
NOT_OWN = Problem(
    "not_own_declaration",
    Text("Een lid verklaart alleen voor zichzelf.", "A member declares for themself only."),
)
ONE_SOURCE = Problem(
    "report_without_text",
    Text(
        "Een melding heeft óf de ondertekende tekst van de melder óf een verslag.",
        "A report has either the reporter's signed statement or a written account.",
    ),
)
UNKNOWN_VALUE = Problem("unknown_value", Text("Een veld heeft een onbekende waarde.", "A field has an unknown value."))
NOT_CLOSED = Problem("not_closed", Text("De zaak is niet gesloten.", "The case is not closed."))
CLOSED = Problem(
    "case_closed",
    Text("De zaak is gesloten; heropen die eerst.", "The case is closed; reopen it first."),
)
NOT_WITHDRAWN = Problem(
    "not_withdrawn",
    Text("De melder heeft deze melding niet ingetrokken.", "The reporter did not withdraw this report."),
)
WITHDRAWN = Problem(
    "withdrawn",
    Text(
        "De melder heeft de melding ingetrokken. Er is niets verwijderd. Besluit, met een reden, of het onderzoek "
        "doorgaat.",
        "The reporter withdrew the report. Nothing was deleted. Decide, with a reason, whether the inquiry goes on.",
    ),
)
MAILBOX_DELETED = Problem(
    "mailbox_deleted",
    Text(
        "De melder heeft de postbus verwijderd. Er kan niets meer heen; uw bericht is niet vastgelegd. De melding en "
        "wat u eerder schreef, blijven hier staan. Bent u de melder nog een terugkoppeling schuldig? Leg dan vast, met "
        "de reden, dat die niet mogelijk is.",
        "The reporter deleted the mailbox. Nothing can go there any more; your message was not recorded. The report "
        "and what you wrote before stay here. If you still owe the reporter feedback, record, with the reason, that it "
        "is not possible.",
    ),
)
UNREADABLE = Problem("unreadable", Text("Deze regel is niet te lezen.", "This entry cannot be read."))
MOVE_WITHOUT_REASON = Problem(
    "move_without_reason",
    Text("Een ander protocol volgen vraagt een reden.", "Following another protocol needs a reason."),
)
NO_CONSENT = Problem(
    "recording_without_consent",
    Text(
        "Een opname mag alleen mee als de melder toestemming gaf. Schrijf op wie toestemming gaf, wanneer en hoe, of "
        "laat de opname weg.",
        "A recording may go along only if the reporter consented. Write down who consented, when and how, or leave "
        "the recording out.",
    ),
)
CONSENT_ELSEWHERE = Problem(
    "consent_without_transcript",
    Text("Toestemming hoort bij een gespreksverslag.", "Consent belongs with a written account."),
)
PROPOSAL_ELSEWHERE = Problem(
    "proposal_elsewhere",
    Text("Stel een gesprek voor in een vraag of een bericht.", "Propose a conversation in a question or a message."),
)
TOO_MANY_FILES = Problem(
    "too_many_files",
    Text("Een bericht kan ten hoogste 16 bestanden hebben.", "A message can have at most 16 files."),
)
READ_ONLY = Problem(
    "read_only",
    Text(
        "Deze zaak bevat regels van een nieuwere versie. U kunt die lezen; werk het programma bij om verder te gaan.",
        "This case holds entries of a newer version. You can read it; update the program to go on.",
    ),
)
NO_CASE = Problem("no_case", Text("Er is nog geen melding in deze zaak.", "There is no report in this case yet."))
OTHER_PROTOCOL = Problem(
    "other_protocol",
    Text(
        "Deze zaak volgt een andere versie van het protocol. Haal die versie op.",
        "This case follows another version of the protocol. Fetch that version.",
    ),
)
DECLARED_CONFLICT = Problem(
    "declared_conflict",
    Text(
        "U hebt een belang gemeld. U kunt in deze zaak niets meer doen.",
        "You declared an interest. You cannot act in this case any more.",
    ),
)
ALREADY_ACKNOWLEDGED = Problem(
    "already_acknowledged",
    Text("De ontvangstbevestiging is al geschreven.", "The acknowledgement was already written."),
)
ALREADY_OPEN = Problem("already_open", Text("Deze zaak is al geopend.", "This case is already open."))
NO_MAILBOX_ENTRY = Problem(
    "placing_without_entry",
    Text(
        "Noem de plaats in de postbus, of een andere manier van versturen.",
        "Name the entry in the mailbox, or another way of sending.",
    ),
)
HAS_MAILBOX = Problem(
    "has_mailbox",
    Text(
        "Deze melder heeft een postbus. Schrijf het daar; dan staat vanzelf vast op welke dag het er kwam.",
        "This reporter has a mailbox. Write it there; then the day on which it came is recorded by itself.",
    ),
)
NO_MAILBOX = Problem("no_mailbox", Text("Deze melder heeft geen postbus.", "This reporter has no mailbox."))
DAY_OUT_OF_ORDER = Problem(
    "day_out_of_order",
    Text(
        "Deze dag ligt in de toekomst of vóór de ontvangst. Controleer de dag en de klok van uw computer.",
        "This day lies in the future or before the receipt. Check the day and your computer's clock.",
    ),
)
FAR_DAY = Problem(
    "far_day",
    Text(
        "Een melding heeft een dag van ontvangst die nog moet komen. Daardoor kloppen de termijnen van deze zaak "
        "niet. Vraag uw collega’s op welke dag de melding echt binnenkwam.",
        "A report has a day of receipt that is still to come, so the terms of this case are not right. Ask your "
        "colleagues on which day the report really came in.",
    ),
)

NO_HOLD = Problem("unknown_hold", Text("Deze vernietigingsstop is er niet.", "There is no such legal hold."))
HELD = Problem(
    "held",
    Text(
        "Er geldt een vernietigingsstop voor deze zaak: er mag niets uit worden vernietigd.",
        "There is a legal hold on this case: nothing in it may be destroyed.",
    ),
)
NO_DISCLOSURE = Problem(
    "unknown_disclosure", Text("Deze melding van gevaar is niet vastgelegd.", "No such disclosure was recorded.")
)
OWN_DISCLOSURE = Problem(
    "own_disclosure",
    Text(
        "U hebt zelf de hulpdienst ingelicht. Twee andere leden kijken na of dat terecht was.",
        "You told the emergency service yourself. Two other members look at whether that was right.",
    ),
)
COMING_DAY = Problem(
    "coming_day",
    Text(
        "Deze dag moet nog komen. Controleer de dag en de klok van uw computer.",
        "This day is still to come. Check the day and your computer's clock.",
    ),
)
JOINED_TO_ITSELF = Problem(
    "joined_to_itself",
    Text("Kies een andere zaak: dit is dezelfde.", "Choose another case: this is the same one."),
)
NOT_JOINED = Problem("not_joined", Text("Deze zaken zijn niet samengevoegd.", "These cases are not joined."))
FOLLOWS = Problem(
    "follows_another_case",
    Text(
        "Deze zaak is samengevoegd met een andere. Het onderzoek gebeurt daar; de termijnen en de berichten aan deze "
        "melder blijven hier. Samenvoegen haalt geen stap weg: kies bij een stap de uitkomst die hierbij past, of laat "
        "met toestemming weg wat al in de andere zaak gebeurt.",
        "This case is joined with another. The inquiry is done there; the terms and the messages to this reporter stay "
        "here. Joining takes no step away: choose the outcome of a step that fits this, or leave out with consent what "
        "is done in the other case.",
    ),
)
PART = Problem(
    "part_of_another_case",
    Text(
        "Deze zaak is een deel van een melding. De melder, de berichten en de termijnen van de melding staan in de "
        "zaak waaruit zij is gesplitst.",
        "This case is a part of a report. The reporter, the messages and the report's terms stand in the case that it "
        "was split from.",
    ),
)
PART_HAS_NO_MAILBOX = Problem(
    "part_with_mailbox",
    Text(
        "Een deel van een melding heeft alleen een verslag; de postbus blijft in de eerste zaak.",
        "A part of a report has an account only; the mailbox stays in the first case.",
    ),
)


def needs_text(nl: str, en: str) -> Problem:
    """Return the problem that a text was left empty, by the text's name in both languages."""
    return Problem("missing_text", Text(f"Vul in: {nl}.", f"Fill in: {en}."))
