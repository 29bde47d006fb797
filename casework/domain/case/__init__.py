# SPDX-License-Identifier: EUPL-1.2
"""What happened in a case (`events`), what may be asked of it (`commands`), and the state that follows (`fold`)."""
