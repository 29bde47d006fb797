# SPDX-License-Identifier: EUPL-1.2
"""`meldkluis-report`: all that the reporter's page does, without running code from the server. Not for the service.

A command goes from `cli` (options) to one of `cli_send`, `cli_mailbox`, `cli_files`, `cli_deeds` and `cli_delete`, with
a `visit`: the address (`address`), the verified desk (`desks`) and the way to its intake (`client`). `asking` and
`questions` make a `draft`; `outbox` seals and sends it, `files` and `uploading` what goes along, `trying` until it is
there. `log` and `mailbox` read back; `show`, `terminal` and `i18n` print; `proof` and `export` save.
"""
