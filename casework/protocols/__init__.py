# SPDX-License-Identifier: EUPL-1.2
"""The investigation protocols at hand: those that come with the tool, and a municipality's own files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from casework.domain.case.state import Case
from casework.domain.protocol.model import InvestigationProtocol
from casework.domain.protocol_file.reader import load_protocol

FOR_NEW_CASES = "A_ambtenaren"
"""The protocol that a case is opened with where the member's folder names no other."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Protocols by the digest that cases pin, the newest version of each by its id, and the id for new cases."""

    by_digest: Mapping[str, InvestigationProtocol]
    newest: Mapping[str, InvestigationProtocol]
    for_new_cases: str = FOR_NEW_CASES

    def of(self, case: Case) -> InvestigationProtocol:
        """Return the protocol that a case follows, or the one for new cases where that is not at hand."""
        default = self.newest.get(self.for_new_cases, self.newest[FOR_NEW_CASES])
        return self.by_digest.get(case.pinned.digest, default) if case.pinned else default


def open_shelf(own: Iterable[tuple[str, bytes]] = (), for_new_cases: str = FOR_NEW_CASES) -> Shelf:
    """Return every protocol at hand; `own` are files with their names. The highest version of an id is the newest.

    Raises ProtocolFileError if a file is broken.
    """
    protocols = [*shipped_protocols().values(), *(read_own(data, name) for name, data in own)]
    newest: dict[str, InvestigationProtocol] = {}
    for protocol in protocols:
        if protocol.id not in newest or protocol.version > newest[protocol.id].version:
            newest[protocol.id] = protocol
    return Shelf({protocol.digest: protocol for protocol in protocols}, newest, for_new_cases)


def read_own(data: bytes, name: str) -> InvestigationProtocol:
    """Read a municipality's own file, which may extend a shipped one; raises ProtocolFileError if it is broken."""
    return load_protocol(data, name, {protocol_id: source for protocol_id, (_, source) in _shipped().items()})


def shipped_protocols() -> dict[str, InvestigationProtocol]:
    """Return every protocol of this folder, by its id; raises ProtocolFileError if one is broken."""
    return {protocol_id: protocol for protocol_id, (protocol, _) in _shipped().items()}


@cache
def _shipped() -> dict[str, tuple[InvestigationProtocol, bytes]]:
    names = sorted(path.name for path in files(__name__).iterdir() if path.name.endswith(".toml"))
    sources = [(name, files(__name__).joinpath(name).read_bytes()) for name in names]
    loaded = [(load_protocol(data, name), data) for name, data in sources]
    return {protocol.id: (protocol, data) for protocol, data in loaded}
