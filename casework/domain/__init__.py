# SPDX-License-Identifier: EUPL-1.2
"""The pure middle of the members' tool: cases, investigation protocols and clocks.

Nothing here reads a file, a clock or a network; a day is always an argument. Reading order:
`events` (what happened), `case` (the fold), `protocol` (what ought to happen), `terms` (dates),
`assess` (the only judge), `commands` and `decide` (what is accepted or refused, and why).
"""
