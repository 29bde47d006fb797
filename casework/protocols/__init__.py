# SPDX-License-Identifier: EUPL-1.2
"""The investigation protocols at hand: those that come with the tool, and a municipality's own files.

Beside the newest version of those that come with it, the tool has every one that was ever released, in `released`:
a case goes on with the bytes that it pinned, and so does a case of an own file that extends them.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from casework.domain.case.state import Case
from casework.domain.errors import ProtocolFileError
from casework.domain.protocol.model import InvestigationProtocol
from casework.domain.protocol_file.reader import load_protocol

FOR_NEW_CASES = "A_ambtenaren"
"""The protocol that a case is opened with where the member's folder names no other."""
DIGESTS = "digests.toml"
"""The list of what was released, beside those files."""

Source = tuple[InvestigationProtocol, bytes]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Protocols by the digest that cases pin, the newest version of each by its id, and the id for new cases.

    `broken` says of own files that cannot be read what is wrong with them, each with its name.
    """

    by_digest: Mapping[str, InvestigationProtocol]
    newest: Mapping[str, InvestigationProtocol]
    for_new_cases: str = FOR_NEW_CASES
    broken: tuple[ProtocolFileError, ...] = ()

    def of(self, case: Case) -> InvestigationProtocol:
        """Return the protocol that a case follows, or the one for new cases where that is not at hand."""
        default = self.newest.get(self.for_new_cases, self.newest[FOR_NEW_CASES])
        return self.by_digest.get(case.pinned.digest, default) if case.pinned else default


def open_shelf(own: Iterable[tuple[str, bytes]] = (), for_new_cases: str = FOR_NEW_CASES) -> Shelf:
    """Return every protocol at hand; `own` are files with their names. The highest version of an id is the newest.

    An own file that cannot be read is left out and named: a case that follows it shows its clocks alone, and every
    other case is as it was.
    """
    protocols = [protocol for protocol, _ in (*_shipped().values(), *_released())]
    broken: list[ProtocolFileError] = []
    for name, data in own:
        try:
            protocols.append(read_own(data, name))
        except ProtocolFileError as error:
            broken.append(error)
        protocols += _on_earlier_bases(data, name)
    newest: dict[str, InvestigationProtocol] = {}
    for protocol in protocols:
        if protocol.id not in newest or protocol.version > newest[protocol.id].version:
            newest[protocol.id] = protocol
    return Shelf({protocol.digest: protocol for protocol in protocols}, newest, for_new_cases, tuple(broken))


def read_own(data: bytes, name: str) -> InvestigationProtocol:
    """Read a municipality's own file, which may extend a shipped one; raises ProtocolFileError if it is broken."""
    return load_protocol(data, name, {protocol_id: source for protocol_id, (_, source) in _shipped().items()})


def shipped_protocols() -> dict[str, InvestigationProtocol]:
    """Return the newest version of every protocol that comes with the tool, by its id."""
    return {protocol_id: protocol for protocol_id, (protocol, _) in _shipped().items()}


def shipped_source(protocol_id: str) -> bytes | None:
    """Return the file of a protocol that comes with the tool, in its newest version, or None if that is not one."""
    return _shipped()[protocol_id][1] if protocol_id in _shipped() else None


def _on_earlier_bases(data: bytes, name: str) -> Iterator[InvestigationProtocol]:
    """Yield what an own file was with the earlier releases of the protocol that it extends."""
    for protocol, source in _released():
        with suppress(ProtocolFileError):
            yield load_protocol(data, name, {protocol.id: source})


@cache
def _shipped() -> dict[str, Source]:
    return {protocol.id: (protocol, data) for protocol, data in _sources(files(__name__))}


@cache
def _released() -> tuple[Source, ...]:
    return tuple(_sources(files(__name__).joinpath("released")))


def _sources(folder: Traversable) -> Iterator[Source]:
    """Yield the protocols of a folder of the package, in the order of their names."""
    names = sorted(path.name for path in folder.iterdir() if path.name.endswith(".toml") and path.name != DIGESTS)
    for name in names:
        data = folder.joinpath(name).read_bytes()
        yield load_protocol(data, name), data
