# SPDX-License-Identifier: EUPL-1.2
"""The command line: `main` gathers the commands; `tool` unlocks the desk for them, `terminal` speaks."""
