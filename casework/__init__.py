# SPDX-License-Identifier: EUPL-1.2
"""The members' tool.

A command goes down through these folders, and each imports only from those below it:

    cli/, web/        a command line and pages for a browser; both call the service and show its views
    acts/             what a member can do in a case, as one table that both of them read
    practice/         an invented year to practise with: the same pages, nothing kept and nothing sent
    service/          all that a member can do, one thread at a time
    sync/             one round with the intake: mailboxes, letters, inbox, outbox, files, case logs
    session           what an unlocked tool works with: keys, vault, intake, protocols, open case logs
    views/            what the interfaces show: plain values, no key among them
    desk/, logs/      the desk that can be trusted, and logs, verified and read
    folder/, wire/    the member's folder on this computer, and requests to the intake
    protocols/        the four investigation protocols that come with the tool, as files, and the desk's own
    domain/           cases, protocols and terms of the law; pure: no file, no key, no clock

Beside that way: `drawing/` makes pictures of protocols and cases, `locale/` and `i18n` have the Dutch, `errors` says
what can go wrong. Read `domain`, then `service.open_desk`, then `sync.syncing`.
"""
