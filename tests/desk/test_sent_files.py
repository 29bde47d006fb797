# SPDX-License-Identifier: EUPL-1.2
"""Files that go along with a reply: sealed when they are chosen, sent after the reply, and never twice."""

from io import BytesIO

import pytest

from casework.domain.errors import Refused
from casework.errors import DamagedFileError, QuotaError, UnknownFileError
from casework.logs.file_state import FileState
from casework.service.desk import Desk
from casework.sync.transfers import Outgoing
from casework.views.drafts import MessageDraft
from support.crashes import PowerCut, power_cut_after
from support.desk_world import World
from support.reporter_files import ReporterFiles

LETTER = b"the letter of the committee\n" * 90_000


def file(content: bytes = LETTER, name: str = "brief.pdf") -> Outgoing:
    return Outgoing(name, BytesIO(content), len(content))


def case_of(tool: Desk) -> str:
    tool.sync()
    (line,) = tool.cases()
    return line.id


def send(tool: Desk, *files: Outgoing, kind: str = "message", consent: str = "") -> None:
    case = case_of(tool)
    blobs = tuple(tool.files.attach(case, one).blob for one in files)
    tool.write_message(case, MessageDraft(kind, "Please read the letter.", consent=consent, files=blobs))


def test_the_reporter_gets_the_file_as_it_was_sent(each_world: World) -> None:
    tool, _ = each_world.synced("anna", "bram")
    files = ReporterFiles(each_world)
    send(tool, file())
    (reply,) = files.reporter.replies()
    (attachment,) = reply.attachments
    assert (attachment.name, attachment.type, attachment.size) == ("brief.pdf", "application/pdf", len(LETTER))
    assert files.received(attachment) == LETTER


def test_a_colleague_sees_and_saves_what_was_sent(world: World) -> None:
    anna, bram = world.synced("anna", "bram")
    ReporterFiles(world)
    send(anna, file(b"letter"))
    case = case_of(bram)
    (line,) = bram.case(case).files
    assert line.author
    assert (line.author.id, line.name, line.state) == ("anna", "brief.pdf", FileState.WHOLE)
    assert b"".join(bram.files.open(case, line.blob).fetched.pieces) == b"letter"


def test_nothing_of_a_sent_file_stays_in_the_members_folder(world: World) -> None:
    anna, _ = world.synced("anna", "bram")
    ReporterFiles(world)
    case = case_of(anna)
    sealed = anna.files.attach(case, file(b"only in the letter " * 3, "geheim.txt"))
    folder = world.home("anna").folder
    kept = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert b"only in the letter" not in kept
    assert b"geheim" not in kept
    anna.write_message(case, MessageDraft("message", "Hi", files=(sealed.blob,)))
    assert list((folder / "blobs").iterdir()) == []


def test_an_upload_that_was_cut_off_goes_on_with_what_lacks(world: World) -> None:
    anna, _ = world.synced("anna", "bram")
    files = ReporterFiles(world)
    case_of(anna)
    world.intake.lose_answer = lambda method, path: method == "PUT" and path.endswith("/parts/2")
    send(anna, file())
    assert anna.cases()[0].unplaced == 0
    world.intake.lose_answer = lambda _method, _path: False
    world.intake.requests.clear()
    again = world.restart(anna)
    again.sync()
    sent = [path for method, path in world.intake.requests if method == "PUT" and "/blobs/" in path]
    assert [path[-1] for path in sent] == ["3"]
    assert files.received(files.reporter.replies()[0].attachments[0]) == LETTER


@pytest.mark.parametrize("effects", range(1, 9))
def test_a_crash_at_any_point_loses_no_file_of_a_reply_that_was_recorded(world: World, effects: int) -> None:
    anna, _ = world.synced("anna", "bram")
    files = ReporterFiles(world)
    case = case_of(anna)
    try:
        with power_cut_after(effects):
            sealed = anna.files.attach(case, file())
            anna.write_message(case, MessageDraft("message", "Hi", files=(sealed.blob,)))
    except PowerCut:
        anna = world.restart(anna)
    anna.sync()
    for reply in files.reporter.replies():
        assert files.received(reply.attachments[0]) == LETTER
    assert len(files.reporter.replies()) == len(anna.case(case).case.messages)
    assert list((world.home("anna").folder / "blobs").iterdir()) == []


def test_a_file_that_was_chosen_and_not_sent_is_forgotten_with_the_tool(world: World) -> None:
    anna, _ = world.synced("anna", "bram")
    ReporterFiles(world)
    case = case_of(anna)
    sealed = anna.files.attach(case, file(b"x"))
    again = world.restart(anna)
    again.sync()
    assert list((world.home("anna").folder / "blobs").iterdir()) == []
    with pytest.raises(UnknownFileError):
        again.write_message(case, MessageDraft("message", "Hi", files=(sealed.blob,)))
    assert not again.case(case).case.messages


def test_a_file_that_changed_while_it_was_read_is_not_taken(world: World) -> None:
    anna, _ = world.synced("anna", "bram")
    ReporterFiles(world)
    case = case_of(anna)
    with pytest.raises(DamagedFileError):
        anna.files.attach(case, Outgoing("log.txt", BytesIO(b"grew"), 3))
    assert list((world.home("anna").folder / "blobs").iterdir()) == []


def test_o01_a_recording_goes_along_only_with_recorded_consent(world: World) -> None:
    anna, _ = world.synced("anna", "bram")
    files = ReporterFiles(world)
    recording = (b"RIFF....WAVE", "gesprek.wav")
    with pytest.raises(Refused) as refusal:
        send(anna, file(*recording), kind="transcript")
    assert refusal.value.code == "recording_without_consent"
    assert not files.reporter.replies()
    send(anna, file(*recording), kind="transcript", consent="By the reporter, at the start, on the recording.")
    (reply,) = files.reporter.replies()
    assert reply.content == {"text": "Please read the letter."}
    assert reply.attachments[0].type.startswith("audio/")


def test_o01_without_consent_a_written_account_is_possible(world: World) -> None:
    anna, _ = world.synced("anna", "bram")
    files = ReporterFiles(world)
    send(anna, kind="transcript")
    assert files.reporter.replies()[0].kind == "transcript"


def test_more_files_than_a_message_may_have_are_refused(world: World) -> None:
    anna, _ = world.synced("anna", "bram")
    ReporterFiles(world)
    with pytest.raises(Refused) as refusal:
        send(anna, *(file(b"x", f"{number}.txt") for number in range(17)))
    assert refusal.value.code == "too_many_files"


def test_a_message_whose_files_do_not_fit_is_said_and_stops_no_other(world: World) -> None:
    anna, _ = world.synced("anna", "bram")
    files = ReporterFiles(world)
    world.intake.takes_files = False
    send(anna, file(b"letter"))
    case = case_of(anna)
    (refused,) = anna.case(case).unplaced
    assert anna.case(case).without_room == {refused.seq}

    view = anna.write_message(case, MessageDraft("message", "Here is the text alone."))

    assert [message.written.text for message in view.unplaced] == ["Please read the letter."]
    assert [reply.content["text"] for reply in files.reporter.replies()] == ["Here is the text alone."]
    assert [type(problem.error) for problem in anna.sync().problems] == [QuotaError]
    assert anna.case(case).without_room == {refused.seq}


def test_a_message_whose_files_did_not_fit_goes_once_there_is_room(world: World) -> None:
    anna, _ = world.synced("anna", "bram")
    files = ReporterFiles(world)
    world.intake.takes_files = False
    send(anna, file(b"letter"))
    world.intake.takes_files = True

    case = case_of(anna)

    assert anna.case(case).without_room == frozenset()
    (reply,) = files.reporter.replies()
    assert files.received(reply.attachments[0]) == b"letter"
