# SPDX-License-Identifier: EUPL-1.2
"""One case: what to do now, its terms, the report, the messages and the whole history."""

from flask import Blueprint, render_template, request

from casework.acts import Scene
from casework.domain.terms.term import ClockStatus
from casework.views.answers import answers
from casework.views.cases import CaseView
from casework.views.labels import (
    DELETED_MEANS,
    FILE_STATES,
    FLAGS,
    JUDGEMENTS,
    TRANSCRIPT_STATES,
    WITHDRAWAL_OUTCOMES,
    file_size,
)
from casework.web.office import desk, office, words
from casework.web.step_drawing import drawing
from casework.web.steps import has_mailbox, step_map
from casework.web.ties import offered, tied_cases
from casework.web.timeline import history, messages
from casework.wire.refusals import NO_ROOM

blueprint = Blueprint("case", __name__)


@blueprint.get("/cases/<case_id>")
def show(case_id: str) -> str:
    """Show a case, and once what was just recorded in it; `all` unfolds what is long."""
    view = desk().case(case_id)
    scene = Scene(desk(), view)
    everything = "all" in request.args
    settled = tuple(clock for clock in view.assessment.clocks if clock not in view.assessment.owed)
    steps = step_map(view, desk().member)
    return render_template(
        "case.html",
        view=view,
        settled=settled,
        slipped=sum(clock.status is ClockStatus.MET_LATE for clock in settled),
        map=steps,
        drawing=drawing(view, steps.pages, words()),
        messages=messages(view, words().say, everything=everything),
        history=history(view, words().say, everything=everything),
        answers=lambda report: answers(report.answers, words().say),
        may_write=has_mailbox(view) and not view.line.read_only,
        on_its_way={message.seq for message in view.unplaced},
        no_room=NO_ROOM,
        deleted_means=DELETED_MEANS,
        acknowledged=_is_acknowledged(view),
        withdrawal_outcomes=WITHDRAWAL_OUTCOMES,
        transcript_states=TRANSCRIPT_STATES,
        file_states=FILE_STATES,
        flags=FLAGS,
        file_size=lambda size: file_size(size, words().language),
        offered=offered(scene),
        others=tied_cases(scene),
        judgements=JUDGEMENTS,
        notice=office().take_notice(),
    )


def _is_acknowledged(view: CaseView) -> bool:
    """Written is enough: a second acknowledgement would be refused."""
    written = (message.written.kind for message in view.case.messages.values())
    return "acknowledgement" in written or all(report.acknowledged for report in view.case.own_reports)
