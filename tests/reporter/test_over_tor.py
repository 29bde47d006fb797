# SPDX-License-Identifier: EUPL-1.2
"""Through a SOCKS proxy as Tor is one: names go to the proxy, and an onion service is never asked for without one."""

import pytest

from support.reporter_terminal import NO_WORDS_BACK, Terminal
from support.served_intake import ONION, ServedIntake
from support.socks import Socks


def test_a_report_to_an_onion_service_goes_by_name_through_the_proxy(intake: ServedIntake, terminal: Terminal) -> None:
    typed = ["yes", "", "Er verdwijnt geld.", ".", "no", "yes", *NO_WORDS_BACK]
    with Socks(intake.server.port).serving() as proxy:
        sent = terminal.run("send", f"{ONION}/{intake.desk}", "--proxy", proxy.url, lines=typed)
        read = terminal.run("mailbox", f"{ONION}/{intake.desk}", "--proxy", proxy.url, lines=[sent.words])

    assert sent.code == 0, sent.text
    assert read.code == 0, read.text
    assert set(proxy.asked) == {(ONION.removeprefix("http://"), 80)}


def test_an_onion_service_is_not_asked_for_without_a_proxy(terminal: Terminal, intake: ServedIntake) -> None:
    shown = terminal.run("mailbox", f"{ONION}/{intake.desk}", lines=[])

    assert shown.code == 2
    assert "needs Tor" in shown.text


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:9050", "http://127.0.0.1:9050", "socks5h://127.0.0.1", "9050"])
def test_a_proxy_that_would_not_look_up_names_itself_is_refused(
    terminal: Terminal, intake: ServedIntake, proxy: str
) -> None:
    shown = terminal.run("mailbox", intake.url, "--proxy", proxy, lines=[])

    assert shown.code == 2
    assert intake.requests == []


def test_a_proxy_that_does_not_answer_is_told_apart(terminal: Terminal, intake: ServedIntake) -> None:
    with Socks(intake.server.port).serving() as gone:
        pass

    shown = terminal.run("mailbox", intake.url, "--proxy", gone.url, lines=[])

    assert shown.code == 3
    assert "Check that Tor is running" in shown.text
    assert intake.requests == []


def test_a_proxy_in_the_environment_is_not_used(
    terminal: Terminal, intake: ServedIntake, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    terminal.run("send", intake.url, lines=["no"])

    assert intake.requests != []
