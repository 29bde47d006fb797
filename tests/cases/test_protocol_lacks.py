# SPDX-License-Identifier: EUPL-1.2
"""What a protocol lacks although a law asks for it is said, with the article; the file is taken all the same."""

import pytest

from casework.domain.protocol_file.lacks import lacks
from casework.domain.protocol_file.reader import load_protocol
from casework.protocols import shipped_protocols
from support.protocol_samples import SAMPLE


def told(text: str) -> list[str]:
    return [lack.en for lack in lacks(load_protocol(text.encode(), "small.toml"))]


@pytest.mark.parametrize("name", shipped_protocols())
def test_the_shipped_protocols_lack_nothing(name: str) -> None:
    assert lacks(shipped_protocols()[name]) == ()


@pytest.mark.parametrize(
    "article,old,new",
    [
        ("article 2(2)(h)", 'done_by = "report"\n', 'term = { clock = "acknowledgement" }\n'),
        ("GDPR, article 14(3)", "closes = true", 'closes = true\nterm = { law = "avg_14_3", from = "S0" }'),
        ("Sv, article 162", "closes = true", 'closes = true\nterm = { law = "sv_162", from = "S0" }'),
        ("article 22", '{ nl = "Weging"', '{ nl = "Weging na hoor en wederhoor"'),
        ("article 22", '{ nl = "Soort"', '{ nl = "Wat is het verweer?"'),
        ("article 9(1)(c)", 'guards = ["author_declared"]', 'guards = ["handlers_declared"]'),
    ],
)
def test_what_is_there_is_not_missed(article: str, old: str, new: str) -> None:
    assert article in " ".join(told(SAMPLE))
    assert article not in " ".join(told(SAMPLE.replace(old, new, 1)))


def test_feedback_without_its_term_is_missed() -> None:
    assert "article 2(2)(i)" not in " ".join(told(SAMPLE))
    assert "article 2(2)(i)" in " ".join(told(SAMPLE.replace('term = { clock = "feedback" }\n', "")))


def test_figures_that_nothing_records_are_named() -> None:
    (figures,) = (lack for lack in told(SAMPLE) if "annual report" in lack)
    assert "4, 5, 6, 8, 9, 10, 11, 12, 14, 16" in figures
