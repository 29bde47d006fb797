# SPDX-License-Identifier: EUPL-1.2
"""What a case page shows beside the protocol: the acts that it offers, and the cases that this one is tied to."""

from collections.abc import Mapping

from casework.acts import ACTS, Act, Scene
from casework.views.cases import CaseLine


def offered(scene: Scene) -> Mapping[str, Act]:
    """Return the acts that make sense in a case now, by name."""
    if scene.view.line.read_only:
        return {}
    return {name: act for name, act in ACTS.items() if act.offered(scene)}


def tied_cases(scene: Scene) -> Mapping[str, CaseLine]:
    """Return the cases at hand that this one is tied to, by id."""
    case = scene.view.case
    ids = {*case.joined, *case.parts, scene.view.part_of}
    return {line.id: line for line in scene.desk.cases() if line.id in ids} if ids - {None} else {}
