# SPDX-License-Identifier: EUPL-1.2
"""What a member can do: the one set of functions behind the web interface and the command line.

Everything an interface needs is here and in `views`; it passes plain values in, gets frozen views or
domain objects back, and shows errors by `i18n.Translator.explain(error)`.

    desk = Desk.unlock(home, passphrase, clock=today_in_amsterdam, confirmed=None)
        `home`: casework.home.Home; `clock`: () -> date. Raises PassphraseError, HomeError, and
        DateToConfirmError(day=…): show its question, and call again with confirmed=day if a person agrees.
        A clock that went back does not raise: then `desk.read_only()` says why nothing can be written.

    desk.close()                          forget the secrets, let other tools into the folder

    desk.overview()         -> Overview   desk's name, members, this member, read_only (an error or None),
                                          epochs' next destruction day, mailboxes that nobody here can open
    desk.sync(progress)     -> SyncResult raises an IntakeError, DeskRefusedError, DayMismatchError or ReadOnlyError;
                                          what one log does wrong is in result.problems and stops nothing else.
                                          `progress`: called with a SyncStage, for a line on the screen
    desk.cases()            -> tuple[CaseLine, …]  soonest due first; due and clocks from domain.terms.Clock
    desk.case(case_id)      -> CaseView   report's text, timeline, clocks, steps with their forms; UnknownCaseError
    desk.today()            -> tuple[DueItem, …]   what is due or overdue, over all cases, soonest first

    The following write; each gives the fresh CaseView, raises domain.errors.Refused with a `text` for the member,
    ReadOnlyError, or an IntakeError (then nothing was recorded, the typed text must be kept by the interface):

    desk.complete_step(case_id, step_id, record, option=None)
        `record`: dict as from domain.records.record_from_form(step.record, form)
    desk.write_message(case_id, draft)    `draft`: domain.commands' message fields; written, then placed by the same
                                          call if it can be, else by the next sync (view.unplaced tells)
    desk.acknowledge(case_id, text=None)  the acknowledgement, with the desk's standard words if text is None
    desk.declare(case_id, conflict, explanation)    the member's own interest in the case
    desk.do(case_id, command)             any other command of domain.commands

All methods may be called from several threads; they take turns. Days are Europe/Amsterdam's.
"""
