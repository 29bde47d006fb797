# SPDX-License-Identifier: EUPL-1.2
"""What `--help` says, in the member's language. In the code it is English; `locale/nl.po` has the Dutch.

The words of click itself ("Usage", "Options") are English in both.
"""

from copy import copy
from typing import Any

import click

from casework.domain.text import Text
from casework.i18n import Translator


class BilingualCommand(click.Command):
    """A command whose help brings both languages along."""

    def __init__(self, *args: Any, about: Text, **more: Any) -> None:
        super().__init__(*args, **more | {"help": about.en})
        self.about = about


def in_language(command: click.Command, say: Translator) -> click.Command:
    """Return a copy of a command, and of all below it, whose help is in a language."""
    told = copy(command)
    told.help = say.text(told.about) if isinstance(told, BilingualCommand) else paragraphs(command.help or "", say)
    told.params = [_parameter(parameter, say) for parameter in command.params]
    if isinstance(told, click.Group):
        told.commands = {name: in_language(below, say) for name, below in told.commands.items()}
    return told


def paragraphs(text: str, say: Translator) -> str:
    """Return a help text in a language; each of its paragraphs, on one line, is a msgid."""
    return "\n\n".join(say(" ".join(part.split())) for part in text.split("\n\n") if part.strip())


def _parameter(parameter: click.Parameter, say: Translator) -> click.Parameter:
    if not isinstance(parameter, click.Option):
        return parameter
    told = copy(parameter)
    told.help = paragraphs(parameter.help or "", say) or None
    return told
