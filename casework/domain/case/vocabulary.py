# SPDX-License-Identifier: EUPL-1.2
"""The values that fields of events take, where those are a closed set."""

CHANNELS = ("web", "email", "post", "phone", "in_person", "manager", "coordinator", "file", "other")
MESSAGE_KINDS = ("acknowledgement", "question", "message", "feedback", "transcript")
RECEIVED_KINDS = (
    "message",
    "answer",
    "contact",
    "contact_withdrawn",
    "withdrawal",
    "transcript_agreed",
    "transcript_disagreed",
    "transcript_corrected",
    "files",
)
WAYS = ("mailbox", "post", "email", "phone", "in_person")
DECISIONS = ("feedback_impossible", "withdrawal", "disclosure", "other")
IMPOSSIBLE, POSSIBLE = FEEDBACK_OUTCOMES = ("impossible", "possible")
"""What can be decided about feedback to a reporter: that no way leads there, and that there is one again."""
WITHDRAWAL_OUTCOMES = ("go_on", "end")
"""What can become of a withdrawn report; it is kept either way (fact R09)."""
JUDGEMENTS = ("justified", "not_justified")
"""Of a disclosure in danger to life, by the members who look at it afterwards."""
FLAGS = ("minors", "criminal_offence")
"""What a yes in a record can say of the whole case."""
