# SPDX-License-Identifier: EUPL-1.2
"""The longest reply that a member may write still reaches its reader; a longer one is refused at once."""

import pytest

from casework.domain.case.sizes import MAX_EVENT, MAX_TEXT
from casework.domain.errors import Refused
from casework.service.desk import Desk
from casework.views.drafts import MessageDraft
from support.desk_world import Reporter, World


def opened(world: World) -> tuple[Desk, Reporter, str]:
    anna, _ = world.synced("anna", "bram")
    reporter = world.report("Melding")
    anna.sync()
    return anna, reporter, anna.cases()[0].id


@pytest.mark.parametrize("sign", ["z", '"', "€"])
def test_the_longest_feedback_is_read_by_the_reporter(world: World, sign: str) -> None:
    anna, reporter, case = opened(world)
    each = (MAX_EVENT - 600) // 4 // max(len(sign.encode()), 2 if sign == '"' else 1)
    text = sign * each

    view = anna.write_message(case, MessageDraft("feedback", text, text, "some", text, text))

    assert view.unplaced == ()
    assert reporter.replies()[-1].content["assessment"] == text


def test_a_reply_that_the_reporters_page_could_not_read_is_refused_and_nothing_is_kept(world: World) -> None:
    anna, reporter, case = opened(world)

    for size in (MAX_TEXT + 1, 250_000, 396_000):
        with pytest.raises(Refused, match="too_long"):
            anna.write_message(case, MessageDraft("message", "z" * size))

    assert anna.case(case).unplaced == ()
    assert reporter.replies() == []
