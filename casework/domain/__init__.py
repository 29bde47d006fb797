# SPDX-License-Identifier: EUPL-1.2
"""The pure middle of the members' tool: cases, investigation protocols and clocks.

Nothing here reads a file, a clock or a network; a day is always an argument. Each folder knows only those above it:

    terms/          days and terms, and those of the law
    case/           what happened: events, the records of steps, the fold, commands
    protocol/       what ought to happen: protocols as data
    judge/          the two together: `assess` (the only judge) and `decide` (what is accepted or refused, and why)
    protocol_file/  protocols read from TOML
"""
