# SPDX-License-Identifier: EUPL-1.2
"""A form page of a case: what it shows, and what happens when it is sent.

A refusal or a failed request gives the same page again with everything that was typed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from casework.domain.errors import Refused
from casework.errors import CaseworkError
from casework.views.cases import CaseView
from casework.web.forms import Form, Mistake, typed_in
from casework.web.gate import Typed
from casework.web.office import office, words
from casework.wire.refusals import NO_ROOM

Answer = Response | str | tuple[str, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form page of a case: its template, its form, what it starts with, and what else the template needs."""

    template: str
    view: CaseView
    form: Form
    start: Typed
    more: Mapping[str, object]

    def page(self, typed: Typed, mistakes: Sequence[Mistake] = (), *, review: bool = False) -> str:
        """Return the page with what was typed."""
        shown = self.form.shown(typed, mistakes)
        return render_template(
            self.template, view=self.view, fields=shown, mistakes=mistakes, review=review, **self.more
        )

    def fresh(self) -> str:
        """Return the page as one comes to it: with what the lock kept, else with what it starts with."""
        return self.page(office().gate.take_kept(request.path) or self.start)

    def refused(self, mistakes: Sequence[Mistake]) -> tuple[str, int]:
        """Return the page with everything that was typed, and what is wrong with it."""
        return self.page(typed_in(request.form), mistakes), 422


def written(sheet: Sheet, write: Callable[[], CaseView], done: str) -> Answer:
    """Write, and go to the case; if that fails, show the form again as it was filled in."""
    try:
        view = write()
    except (Refused, CaseworkError) as error:
        return sheet.refused((Mistake("", words().explain(error)),))
    if view.without_room - sheet.view.without_room:
        done = words().say(NO_ROOM)
    elif len(view.unplaced) > len(sheet.view.unplaced):
        done = words().say("Written. It goes to the reporter at the next “Fetch and send”.")
    office().notice = done
    return redirect(url_for("case.show", case_id=view.line.id), 303)
