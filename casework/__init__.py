# SPDX-License-Identifier: EUPL-1.2
"""The members' tool.

A command goes down through these modules, and each knows only those below it:

    cli, cli_*, tool, terminal   a command, the unlocking for it, what is printed; web/ does the same for a browser
    service                      all that a member can do, one thread at a time; both interfaces call it (views go back)
    sync                         one round with the intake: mailboxes, letters, inbox, outbox, transfers
    logbook, history, watch      case logs read and appended; older documents learned; what should not be there
    session, case_log, desks     what an unlocked tool works with: open case logs, the verified desk
    keyring, home, vault, spool  the member's folder: sealed keys, ciphertext, blobs under way
    intake_client, exchange      requests to the intake
    domain/                      cases, protocols and terms; pure

Beside that way: `ceremony` and `joining` make a desk and a member of it. Read `domain`, then `service`, then `sync`.
"""
