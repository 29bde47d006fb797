# SPDX-License-Identifier: EUPL-1.2
"""The way through the protocol: steps, deviations, closing and reopening."""

from collections.abc import Mapping
from dataclasses import dataclass

Row = Mapping[str, str | bool]
RecordValue = str | bool | tuple[str, ...] | tuple[Row, ...]
Record = Mapping[str, RecordValue]


@dataclass(frozen=True, slots=True)
class StepCompleted:
    """A step of the protocol was done, with the record that it must leave and the option chosen."""

    step: str
    record: Record
    option: str | None


@dataclass(frozen=True, slots=True)
class StepReopened:
    """A done step has to be done again; the earlier record stays in the history."""

    step: str
    reason: str


@dataclass(frozen=True, slots=True)
class DeviationRecorded:
    """A step is left out, with grounds and the consent of the authority that the protocol names."""

    step: str
    grounds: str
    consent_by: str


@dataclass(frozen=True, slots=True)
class ProtocolPinned:
    """The protocol (and the digest of its exact bytes) that the case follows; `reason` says why it moved.

    `kept` are the steps whose completions under the earlier protocol stand under this one.
    """

    protocol: str
    version: int
    digest: str
    reason: str | None
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseClosed:
    """The case closed; the record of `step` holds the reason and the retention."""

    step: str


@dataclass(frozen=True, slots=True)
class CaseReopened:
    """A closed case runs again, with all its earlier records and terms."""

    reason: str
