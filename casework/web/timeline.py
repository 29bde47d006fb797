# SPDX-License-Identifier: EUPL-1.2
"""The history of a case on its page: the newest entries, or all."""

from collections.abc import Sequence
from dataclasses import dataclass

from casework.domain.case import events
from casework.i18n import Translator
from casework.views.cases import CaseView
from casework.views.entries import TimelineItem
from casework.views.history import Line, tell

_MESSAGES = ("message_received", "message_written")
FOLDED_TO = 50


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines that a page shows, and how many there are in all."""

    shown: tuple[Line, ...]
    total: int

    @property
    def folded(self) -> bool:
        """Whether older ones are left out."""
        return len(self.shown) < self.total


def history(view: CaseView, say: Translator, *, everything: bool) -> Lines:
    """Return the newest entries, or all, the newest first."""
    newest = _newest(view.timeline, everything=everything)
    return Lines(tuple(tell(view, item, say) for item in reversed(newest)), len(view.timeline))


def messages(view: CaseView, say: Translator, *, everything: bool) -> Lines:
    """Return the newest messages between reporter and committee, or all, the oldest first; not the report itself."""
    exchanged = [item for item in view.timeline if _is_said(item)]
    newest = _newest(exchanged, everything=everything)
    return Lines(tuple(tell(view, item, say) for item in newest), len(exchanged))


def _is_said(item: TimelineItem) -> bool:
    if isinstance(item.event, events.MessageReceived) and item.event.kind == "files":
        return False
    return item.kind in _MESSAGES and item.problem is None


def _newest(items: Sequence[TimelineItem], *, everything: bool) -> Sequence[TimelineItem]:
    return items if everything else items[-FOLDED_TO:]
