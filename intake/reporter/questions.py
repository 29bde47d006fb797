# SPDX-License-Identifier: EUPL-1.2
"""What a reporter is asked: names, order and choices as on the page (FORMAT.md section 7.1). Only `what` must be."""

from dataclasses import dataclass

from intake.reporter.i18n import LANGUAGES, Translator

REQUIRED = "what"
Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    ``choices`` are values with their texts, and empty where the answer is free; an empty value is what holds when
    nothing is answered.
    """

    name: str
    text: str
    hint: str = ""
    choices: Choices = ()
    long: bool = False
    only_if: tuple[str, str] | None = None
    """It is asked only with this answer to another question before it."""


def questions(say: Translator) -> tuple[Question, ...]:
    """Return the questions in a language, in the order of the page."""
    first = Question(
        REQUIRED,
        say("What happened?"),
        say("Tell it in your own words. Also say how you know: did you see it, hear it or read it?"),
        long=True,
    )
    return (first, *_event(say), *_people(say), *_yourself(say), *_answering(say))


def _event(say: Translator) -> tuple[Question, ...]:
    return (
        Question("about", say("What is your report about?"), choices=_subjects(say)),
        Question("when", say("When was this?"), say("A date, a period, or “it is still going on”.")),
        Question("where", say("Where was this, or at which department?")),
        Question(
            "told",
            say("Have you reported this before? To whom?"),
            say("For example to your manager, a confidential adviser or the police. And what was done with it?"),
            long=True,
        ),
    )


def _people(say: Translator) -> tuple[Question, ...]:
    return (
        Question(
            "who",
            say("Who were involved?"),
            say("A name or a function. You may give names: only the people who read your report see them."),
            long=True,
        ),
        Question(
            "witnesses",
            say("Who knows of it or has seen it?"),
            say("A name or a function. The committee first asks you before it speaks to them, if it can."),
            long=True,
        ),
    )


def _yourself(say: Translator) -> tuple[Question, ...]:
    known = ("anonymity", "known")
    return (
        Question("relation", say("What have you to do with the organisation?"), choices=_relations(say)),
        Question(
            "detriment",
            say("Are you afraid of what will happen to you, or is it happening already?"),
            say("For example losing your job, worse work, or being bullied because you speak up."),
            long=True,
        ),
        Question(
            "anonymity",
            say("Do you want to stay anonymous?"),
            choices=(
                ("", say("Yes, I stay anonymous")),
                ("known", say("No, the people who read my report may know who I am")),
                ("later", say("I decide later")),
            ),
        ),
        Question("name", say("Your name"), only_if=known),
        Question(
            "reach",
            say("How can we reach you?"),
            say(
                "A telephone number, an e-mail address or an address of your own, not of your work. And when it suits "
                "you."
            ),
            only_if=known,
        ),
    )


def _answering(say: Translator) -> tuple[Question, ...]:
    names = {"nl": "Nederlands", "en": "English"}
    return (
        Question(
            "channel",
            say("How do you want us to keep in touch?"),
            choices=(
                ("", say("In the mailbox, with my eight words")),
                ("meeting", say("In a conversation that we arrange in the mailbox")),
                ("adviser", say("Through a confidential adviser or lawyer: I will say in the mailbox who")),
            ),
        ),
        Question(
            "talk",
            say("Would you like to talk with us?"),
            choices=(("yes", say("Yes, by telephone or in person")), ("no", say("No, only in writing"))),
        ),
        Question(
            "reply_language",
            say("In which language do you want the answer?"),
            choices=tuple(("" if code == say.language else code, names[code]) for code in LANGUAGES),
        ),
    )


def _subjects(say: Translator) -> Choices:
    return (
        ("financial", say("Money: fraud, theft or bribery")),
        ("position", say("Personal gain, favouring friends or conflicting interests")),
        ("information", say("Leaking or misusing secret information")),
        ("authority", say("Misuse of power: doing what the job does not allow")),
        ("force", say("Force or violence by an enforcement officer")),
        ("conduct", say("Bullying, (sexual) harassment, discrimination or aggression")),
        ("private_life", say("Behaviour in free time that harms the work")),
        ("means", say("Wrong use of things, systems or rules of the work")),
        ("abuse", say("Danger to people, the environment or society, or breaking the law")),
        ("other", say("Something else")),
        ("unknown", say("I do not know")),
    )


def _relations(say: Translator) -> Choices:
    return (
        ("employee", say("I work there")),
        ("hired", say("I am hired by it or work there through another company")),
        ("former", say("I used to work there")),
        ("supplier", say("I do business with it")),
        ("resident", say("I live in its area")),
        ("official", say("I govern it or sit on its council")),
        ("unsaid", say("I would rather not say")),
    )
