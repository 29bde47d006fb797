# SPDX-License-Identifier: EUPL-1.2
"""Sending: sealed once, sent until the intake has it, never stored twice.

A sealed frame is kept until its answer has come, so that a retry sends the same bytes under the same precondition. When
something else stands there, an earlier attempt whose answer got lost has arrived, or the mailbox has moved on: it is
read again before anything is sealed anew. Nothing is sealed to somebody whom the reporter was not shown.
"""

from collections.abc import Collection, Sequence
from datetime import date
from hashlib import sha256

from crypto.answers import Placed
from crypto.desk import Desk
from crypto.encoding import b64encode
from crypto.epochs import Epoch, recipients_hash
from crypto.mailbox import MailboxKeys
from crypto.records import Attachment
from crypto.seal import new_report, seal_message, seal_report
from crypto.statements import Message, State
from intake.reporter.client import IntakeClient, Signer
from intake.reporter.desks import check_readers, fetch_desk
from intake.reporter.draft import Draft, Sent
from intake.reporter.errors import HeadMovedError, StanzasError
from intake.reporter.files import Announced, announce
from intake.reporter.log import Link
from intake.reporter.mailbox import Mailbox, open_mailbox

_ATTEMPTS = 3


class ReportOutbox:
    """One report on its way to a fresh mailbox."""

    def __init__(
        self, client: IntakeClient, keys: MailboxKeys, desk: Desk, draft: Draft, excluded: Collection[str], today: date
    ) -> None:
        draft.check_size()
        self._client = client
        self._keys = keys
        self._draft = draft
        self._excluded = frozenset(excluded)
        self._today = today
        self._frame: bytes | None = None
        self.announced: list[Announced] = []
        """The files that the sealed entry announces."""
        self.desk = desk
        """As it was fetched last."""
        self.shown = self.readers
        """Those whom the reporter was shown as readers; whoever shows others sets it anew."""

    @property
    def readers(self) -> set[str]:
        """Those who could read it if it were sealed now."""
        return {epoch.member for epoch in self.desk.live(self._today)} - self._excluded

    def send(self) -> Sent:
        """Send; after any error but `StoppedError` it may be called again.

        Raises:
            ReadersError: others would read it than were shown; `desk` is the new one.
        """
        try:
            return self._post()
        except StanzasError:
            self._frame = None
            self.desk = fetch_desk(self._client, self.desk.id, self._today, self.desk)
            return self._post()

    def _post(self) -> Sent:
        if self._frame is None:
            self._frame = self._seal()
        placed = self._client.append(self._keys.log, self._frame, None, Signer(self._keys.login_seed, self._today))
        return _proof(self._keys.log, placed, self._frame)

    def _seal(self) -> bytes:
        live = self.desk.live(self._today)
        check_readers([epoch for epoch in live if epoch.member not in self._excluded], self.shown)
        self.announced = announce(self._draft.files, live, self.readers)
        report = new_report(
            self._keys,
            self.desk,
            self._today,
            dict(self._draft.answers),
            language=self._draft.language,
            excluded=self._excluded,
            attachments=[one.record for one in self.announced],
        )
        return seal_report(report, self._keys, live)


class MessageOutbox:
    """One message on its way to a mailbox that was read."""

    def __init__(self, client: IntakeClient, mailbox: Mailbox, draft: Draft, today: date) -> None:
        draft.check_size()
        self._client = client
        self._draft = draft
        self._today = today
        self._seen = mailbox.seen
        self._frame: bytes | None = None
        self.announced: list[Announced] = []
        """The files that the sealed entry announces."""
        self.mailbox = mailbox
        """As it was fetched last."""
        self.shown = self.readers
        """Those whom the reporter was shown as readers; whoever shows others sets it anew."""

    @property
    def readers(self) -> set[str]:
        """Those who could read it if it were sealed now."""
        return {epoch.member for epoch in self._epochs()}

    def _epochs(self) -> Sequence[Epoch]:
        return self.mailbox.readers(self._today)

    def _attachments(self, live: Sequence[Epoch], readers: Sequence[Epoch]) -> tuple[Attachment, ...]:
        self.announced = announce(self._draft.files, live, [epoch.member for epoch in readers])
        return tuple(one.record for one in self.announced)

    def send(self) -> Sent:
        """Send; errors as `ReportOutbox.send`, and LaterError when the mailbox keeps moving."""
        for _ in range(_ATTEMPTS - 1):
            try:
                return self._post()
            except (HeadMovedError, StanzasError):
                stored = self._reread()
                if stored is not None:
                    return stored
        return self._post()

    def _post(self) -> Sent:
        if self._frame is None:
            self._frame = self._seal()
        keys, last = self.mailbox.keys, self.mailbox.last.link
        placed = self._client.append(keys.log, self._frame, last.head, Signer(keys.login_seed, self._today))
        return _proof(keys.log, placed, self._frame)

    def _reread(self) -> Sent | None:
        """Read the mailbox again; return the proof when an earlier attempt is there already."""
        keys = self.mailbox.keys
        desk = fetch_desk(self._client, self.mailbox.desk.id, self._today, self.mailbox.desk)
        self.mailbox = open_mailbox(self._client, keys, desk, self._today)
        sent, self._frame = self._frame, None
        links = [one.link for one in self.mailbox.opened]
        found = next((link for link in links if sent and link.frame.hash == sha256(sent).digest()), None)
        return _proof_of(keys.log, found) if found else None

    def _seal(self) -> bytes:
        mailbox, draft = self.mailbox, self._draft
        live, readers = mailbox.desk.live(self._today), self._epochs()
        check_readers(readers, self.shown)
        about = mailbox.entry(draft.about) if draft.about else None
        message = Message(
            desk=mailbox.desk.id,
            log=mailbox.keys.log,
            seq=mailbox.last.link.seq + 1,
            prev=mailbox.last.link.head,
            desk_version=mailbox.desk.document.version,
            desk_hash=mailbox.desk.document.hash,
            day=self._today,
            language=draft.language,
            sealed_to=tuple(epoch.member for epoch in readers),
            excluded=tuple(epoch.member for epoch in live if epoch not in readers),
            recipients_hash=recipients_hash(readers),
            attachments=self._attachments(live, readers),
            answers=dict(draft.answers),
            kind=draft.kind,
            about=about.link.head if about else None,
        )
        return seal_message(message, mailbox.keys, live, self._seen, mailbox.state.excluded)


class FilesOutbox(MessageOutbox):
    """The message that signs the roots of files which have come (FORMAT.md section 7.5).

    It goes to nobody but readers of the entry that announced them: who joined since then was not shown to the reporter.
    """

    def __init__(
        self,
        client: IntakeClient,
        mailbox: Mailbox,
        about: int,
        language: str,
        files: Sequence[Attachment],
        today: date,
    ) -> None:
        self._files = tuple(files)
        announcing = mailbox.entry(about)
        state = announcing.content if announcing else None
        self._told = frozenset(state.sealed_to if isinstance(state, State) else ())
        super().__init__(client, mailbox, Draft({}, language, "files", about), today)
        # Nothing was shown since the reporter's newest entry.
        self._seen = mailbox.state.seen

    def _epochs(self) -> Sequence[Epoch]:
        return [epoch for epoch in super()._epochs() if epoch.member in self._told]

    def _attachments(self, _live: Sequence[Epoch], _readers: Sequence[Epoch]) -> tuple[Attachment, ...]:
        return self._files


def _proof(log: str, placed: Placed, frame: bytes) -> Sent:
    return Sent(log, placed.seq, placed.day, b64encode(placed.head), b64encode(sha256(frame).digest()))


def _proof_of(log: str, link: Link) -> Sent:
    return Sent(log, link.seq, link.day, b64encode(link.head), b64encode(link.frame.hash))
