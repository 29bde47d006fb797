# SPDX-License-Identifier: EUPL-1.2
"""The page and the command line are two doors to one mailbox: whoever began at one goes on at the other."""

from casework.views.drafts import MessageDraft
from crypto.passphrase import new_words
from support.desk_world import World
from support.reporter_terminal import NO_WORDS_BACK, Terminal
from support.served_intake import ServedIntake
from support.worker import on_the_page


def test_the_page_opens_what_the_terminal_sent_and_writes_on(
    world: World, intake: ServedIntake, terminal: Terminal
) -> None:
    typed = ["yes", "3", "Het klopt niet.", ".", "no", "yes", *NO_WORDS_BACK]
    sent = terminal.run("send", intake.url, lines=typed)
    assert sent.code == 0, sent.text

    message = {"answers": {"text": "Nog iets."}, "kind": "message", "about": None, "language": "nl"}
    mailbox, _, after = on_the_page(
        world,
        intake,
        ("openMailbox", {"words": sent.words, "language": "nl"}),
        ("sendMessage", message),
        ("openMailbox", {"words": sent.words, "language": "nl"}),
    )

    assert [one["id"] for one in mailbox["excluded"]] == ["chris"]
    assert [one["id"] for one in mailbox["readersNow"]] == ["anna", "bram"]
    assert mailbox["number"] in sent.text
    assert len(after["entries"]) == 2
    shown = terminal.run("mailbox", intake.url, lines=[sent.words])
    assert shown.code == 0, shown.text
    assert "2. 23 November 2026 · You: Message" in shown.text


def test_the_terminal_opens_what_the_page_sent_and_the_page_sees_its_answer(
    world: World, intake: ServedIntake, terminal: Terminal
) -> None:
    words = " ".join(new_words("en"))
    report = {"answers": {"what": "Over chris."}, "excluded": ["chris"], "language": "nl", "words": words}
    on_the_page(world, intake, ("sendReport", report))
    anna = world.open_tools[0]
    anna.sync()
    case = anna.cases()[0].id
    anna.write_message(case, MessageDraft("question", "Wanneer was dat?"))
    anna.sync()

    shown = terminal.run("mailbox", intake.url, lines=[words])
    assert "Wanneer was dat?" in shown.text
    assert "Not reading, because you excluded them: member 3." in shown.text
    answered = terminal.run("answer", intake.url, "--about", "3", lines=[words, "In mei.", ".", "yes"])
    assert answered.code == 0, answered.text

    (mailbox,) = on_the_page(world, intake, ("openMailbox", {"words": words, "language": "nl"}))
    assert [(one["by"], one["kind"]) for one in mailbox["entries"]][-1] == ("reporter", "answer")
    anna.sync()
    texts = [item.texts for item in anna.case(case).timeline if item.kind == "message_received"]
    assert texts == [{"text": "In mei."}]
