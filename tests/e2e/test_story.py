# SPDX-License-Identifier: EUPL-1.2
"""The main job from end to end, and what it leaves behind: told once in real processes, judged from all sides."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from casework.clock import amsterdam_today
from demo.stage import PASSPHRASE, Stage
from support.files_with_traces import MARKER as CAMERA
from support.markers import found_in
from support.memory import children, core_dumps_allowed, dump
from support.story import PHOTO, TOLD, Story

MARKER = "ZEEGROENE OLIFANT"
QUESTION = "Welke PAARSE GIRAFFE was het?"
ANSWER = "De GERUITE ZEBRA, naast de kopieerkamer."


@dataclass
class Told:
    """A story that has been told, with everything still running."""

    story: Story
    stage: Stage

    @property
    def markers(self) -> dict[str, str]:
        """What nobody but reporter and members may ever see."""
        words = " ".join(self.story.words)
        texts = {"report": MARKER, "question": "PAARSE GIRAFFE", "answer": "GERUITE ZEBRA", "words": words}
        return texts | {"file name": PHOTO, "camera data": CAMERA}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Told]:
    folder = tmp_path_factory.mktemp("story") / "stage"
    texts = TOLD | {"what": f"Er liep een {MARKER} door het stadhuis.", "who": f"De {MARKER} zelf"}
    with core_dumps_allowed(), Stage(folder, amsterdam_today()) as stage:
        story = Story(stage, browser, told=texts, question=QUESTION, answer=ANSWER)
        story.run()
        yield Told(story, stage)


def test_story_reaches_its_end(told: Told) -> None:
    assert len(told.story.words) == 8


def test_marker_is_nowhere_in_the_intakes_files_and_logs(told: Told) -> None:
    files = [path for path in told.stage.data.rglob("*") if path.is_file()]
    assert told.stage.database in files
    assert found_in([*files, told.stage.folder / "intake.log"], told.markers) == []


def test_intake_writes_no_line_about_a_request(told: Told) -> None:
    log = (told.stage.folder / "intake.log").read_text(encoding="utf-8")
    assert told.stage.desk not in log
    assert "/logs/" not in log
    assert "127.0.0.1:" not in log.replace(f"127.0.0.1:{told.stage.port}", "")


def test_members_disks_hold_ciphertext_only(told: Told) -> None:
    homes = [told.stage.folder / person.id for person in told.stage.people]
    files = [path for home in homes for path in home.rglob("*") if path.is_file()]
    assert any(path.suffix == ".sqlite" for path in files)
    assert found_in(files, told.markers | {"passphrase": PASSPHRASE}) == []


def test_marker_is_nowhere_in_the_memory_of_the_intakes_workers(told: Told) -> None:
    intake = told.stage.intake
    assert intake is not None
    workers = children(intake.pid)
    dumps = [dump(intake, pid, told.stage.data) for pid in workers]

    assert len(dumps) == 2
    # The dump is a real one: what the intake does know stands in it.
    assert found_in(dumps, {"desk id": told.stage.desk}) == [f"desk id in {path.name}" for path in dumps]
    assert found_in(dumps, told.markers) == []


def test_needles_would_be_found(tmp_path: Path) -> None:
    """Guards the search itself: each spelling is found, also across the border of two pieces."""
    for number, text in enumerate((MARKER.encode(), MARKER.encode("utf-16-le"), MARKER.encode().hex().encode())):
        path = tmp_path / f"{number}"
        path.write_bytes(b"." * ((1 << 24) - 5) + text + b".")
        assert found_in([path], {"report": MARKER}) == [f"report in {number}"]
