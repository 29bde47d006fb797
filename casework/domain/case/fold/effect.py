# SPDX-License-Identifier: EUPL-1.2
"""What an event does to a case: it changes the case, or says why it is void and changes nothing."""

from collections.abc import Callable, Mapping
from typing import Any

from casework.domain.case.events import Entry
from casework.domain.case.state import Case
from casework.domain.errors import Problem

Effect = Callable[[Case, Entry, Any], Problem | None]
Effects = Mapping[type, Effect]
"""By type of event."""
