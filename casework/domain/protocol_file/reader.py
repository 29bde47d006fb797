# SPDX-License-Identifier: EUPL-1.2
"""Read an investigation protocol from TOML. Strict: every message names the file, the step and the cure.

Keys are closed, names are unique, everything that is referred to exists, and nothing that must say
something is empty. The digest is over the exact bytes, and those of the file that it extends, so that a case can pin
them. docs/protocols.md has every key.
"""

import tomllib
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from casework.domain.errors import ProtocolFileError
from casework.domain.protocol.model import Exit, InvestigationProtocol, Step
from casework.domain.protocol_file.kept_law import check_law_kept, kept_steps
from casework.domain.protocol_file.overlay import overlay
from casework.domain.protocol_file.references import check_references
from casework.domain.protocol_file.step_reader import read_step
from casework.domain.protocol_file.strict_table import StrictTable, listed
from casework.domain.text import Text

FORMAT = 1
MAX_VERSION = 99_999_999
"""Room for a version that is a day, as in 20270131."""


def load_protocol(data: bytes, file: str, bases: Mapping[str, bytes] | None = None) -> InvestigationProtocol:
    """Return the protocol that the bytes of a TOML file describe; `file` is its name for messages.

    `bases` are the files that it may extend, by the id of their protocol.

    Raises ProtocolFileError, with file, step and cure, for anything that is not exactly right.
    """
    own = _tables(data, file)
    if "extends" in own:
        protocol = _extended(own, data, file, bases or {})
    else:
        protocol = _read(own, sha256(data).hexdigest(), file)
    check_references(protocol, file)
    return protocol


def _tables(data: bytes, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(data.decode())
    except (ValueError, RecursionError) as error:
        # Not TOML, not UTF-8, a number of thousands of digits, or tables within tables without end.
        raise ProtocolFileError(
            f"{file}: is not TOML in UTF-8 ({error}); look there for a missing quote, comma or bracket, and "
            "save it as UTF-8"
        ) from error


def _extended(own: dict[str, Any], data: bytes, file: str, bases: Mapping[str, bytes]) -> InvestigationProtocol:
    """Return the protocol of a file that extends another; its digest is over that other's and its own bytes."""
    name = own.pop("extends")
    if not isinstance(name, str) or name not in bases:
        raise ProtocolFileError(f"{file}: 'extends' must be one of {listed(bases) or 'the protocols at hand: none'}")
    base = load_protocol(bases[name], name)
    _check_own(own, base, file)
    digest = sha256(bytes.fromhex(base.digest) + data).hexdigest()
    protocol = _read(overlay(_tables(bases[name], name), own), digest, file)
    check_law_kept(protocol, base, file)
    return protocol


def _check_own(own: Mapping[str, Any], base: InvestigationProtocol, file: str) -> None:
    """Refuse what only an extending file can have wrong, before its tables are laid over those of `base`."""
    if "id" not in own or "version" not in own:
        raise ProtocolFileError(f"{file}: needs an 'id' and a 'version' of its own; add them")
    _check_removed(own.get("remove", []), base, file)
    steps = own.get("step")
    for row in steps if isinstance(steps, list) else ():
        name = row.get("id") if isinstance(row, dict) else None
        if isinstance(name, str) and name not in base.steps and "title" not in row:
            raise ProtocolFileError(
                f"{file}, step {name}: {base.id} has no such step; use one of {listed(base.steps)}, or give a step of "
                "your own a 'title' and what else belongs to it"
            )


def _check_removed(remove: object, base: InvestigationProtocol, file: str) -> None:
    if not isinstance(remove, list):
        raise ProtocolFileError(f"{file}: 'remove' must be a list of ids; write it as remove = [\"{remove}\"]")
    known = {**base.steps, **base.exits}
    unknown = [str(name) for name in remove if not isinstance(name, str) or name not in known]
    if unknown:
        free = known.keys() - kept_steps(base).keys()
        raise ProtocolFileError(
            f"{file}: 'remove' names {listed(unknown)}, which {base.id} does not have; it can name "
            f"{listed(name for name in known if name in free)}"
        )


def _read(tables: dict[str, Any], digest: str, file: str) -> InvestigationProtocol:
    top = StrictTable(tables, file)
    if top.has("remove"):
        top.fail("'remove' takes steps from a protocol that the file 'extends'; leave it out")
    if not top.has("format"):
        top.fail(f"'format' is missing; add format = {FORMAT}, or 'extends' for a file that says what differs")
    if top.take("format", int) != FORMAT:
        top.fail(f"'format' must be {FORMAT}, the only one that this version reads")
    return top.done(_protocol(top, digest, file))


def _protocol(top: StrictTable, digest: str, file: str) -> InvestigationProtocol:
    steps = top.tables("step", lambda table: read_step(table, file), "id")
    return InvestigationProtocol(
        id=top.name("id"),
        version=_version(top),
        digest=digest,
        title=top.text("title"),
        first=top.take("first", str),
        reopens_at=top.take("reopens_at", str),
        deviation_authority=top.take("deviation_authority", str),
        actors=_actors(StrictTable(top.take("actors", dict), f"{file}, actors")),
        exits={way.id: way for way in top.tables("exit", _exit, "id")},
        steps={step.id: step for step in _not_empty(top, steps)},
    )


def _version(top: StrictTable) -> int:
    version = top.take("version", int)
    if not 0 < version <= MAX_VERSION:
        top.fail(f"'version' must be a whole number from 1 to {MAX_VERSION}")
    return version


def _not_empty(table: StrictTable, steps: tuple[Step, ...]) -> tuple[Step, ...]:
    return steps or table.fail("there are no steps; add [[step]] tables")


def _actors(table: StrictTable) -> dict[str, Text]:
    rest = table.rest()
    names = StrictTable(rest, table.where)
    return names.done({name: names.text(name) for name in rest})


def _exit(table: StrictTable) -> Exit:
    to = table.name("to") if table.has("to") else None
    way = Exit(table.name("id"), table.text("title"), table.take("leaves", bool), to)
    if way.to and not way.leaves:
        table.fail("leads 'to' another protocol, so it leaves this one; write leaves = true")
    return table.done(way)
