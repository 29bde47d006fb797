# SPDX-License-Identifier: EUPL-1.2
"""What a reporter answered, under the questions as the reporter's page asks them."""

from collections.abc import Mapping
from dataclasses import dataclass

from casework.i18n import Translator

# FORMAT.md sections 7.1, 7.2 and 7.4 name the texts; one that is not here stands under its own name.
_QUESTIONS: Mapping[str, str] = {
    "what": "What happened?",
    "about": "What is it about?",
    "when": "When was this?",
    "where": "Where was this?",
    "told": "Was it reported before?",
    "who": "Who were involved?",
    "witnesses": "Who knows of it or has seen it?",
    "relation": "What has the reporter to do with the organisation?",
    "detriment": "What does the reporter fear or suffer?",
    "anonymity": "Does the reporter stay anonymous?",
    "channel": "How does the reporter want to keep in touch?",
    "talk": "Does the reporter want a conversation?",
    "reply_language": "In which language does the reporter want the answer?",
    "text": "Text",
    "reason": "Reason",
    "assessment": "Assessment",
    "follow_up_text": "Follow-up",
    "grounds": "Grounds",
}
_CHOICES: Mapping[str, Mapping[str, str]] = {
    "about": {
        "financial": "Money: fraud, theft or bribery",
        "position": "Personal gain, favouring friends or conflicting interests",
        "information": "Leaking or misusing secret information",
        "authority": "Misuse of power: doing what the job does not allow",
        "force": "Force or violence by an enforcement officer",
        "conduct": "Bullying, (sexual) harassment, discrimination or aggression",
        "private_life": "Behaviour in free time that harms the work",
        "means": "Wrong use of things, systems or rules of the work",
        "abuse": "Danger to people, the environment or society, or breaking the law",
        "other": "Something else",
        "unknown": "The reporter does not know",
    },
    "relation": {
        "employee": "Works there",
        "hired": "Is hired, or works there through another company",
        "former": "Used to work there",
        "supplier": "Does business with it",
        "resident": "Lives in its area",
        "official": "Governs it or sits on its council",
        "unsaid": "Would rather not say",
    },
    "anonymity": {"known": "No, the readers may know who it is", "later": "Decides later"},
    "channel": {"meeting": "In a conversation", "adviser": "Through a confidential adviser or lawyer"},
    "talk": {"yes": "Yes, by telephone or in person", "no": "No, only in writing"},
    "reply_language": {"nl": "Dutch", "en": "English"},
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A text under a heading. What somebody typed is `text`, and so hostile until an interface made it inert."""

    label: str
    text: str


def answers(texts: Mapping[str, str], say: Translator) -> tuple[Passage, ...]:
    """Return texts under their questions, in the order of the page; unknown ones come last."""
    order = list(_QUESTIONS)
    named = sorted(texts.items(), key=lambda item: order.index(item[0]) if item[0] in order else len(order))
    return tuple(_passage(name, text, say) for name, text in named if text.strip())


def _passage(name: str, text: str, say: Translator) -> Passage:
    label = say(_QUESTIONS[name]) if name in _QUESTIONS else name
    known = _CHOICES.get(name, {}).get(text)
    return Passage(label, say(known) if known else text)
