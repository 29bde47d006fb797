# SPDX-License-Identifier: EUPL-1.2
"""A protocol file that uses every key of the format, and a file that extends it, for all tests of the reader."""

SAMPLE = """
format = 1
id = "S"
version = 1
title = { nl = "Klein", en = "Small" }
first = "S0"
reopens_at = "S1"
deviation_authority = "desk"

[actors]
desk = { nl = "Meldpunt", en = "Desk" }

[[exit]]
id = "AWAY"
title = { nl = "Weg", en = "Away" }
leaves = true
to = "T"

[[step]]
id = "S0"
title = { nl = "Ontvangst", en = "Receipt" }
help = { nl = "Binnen.", en = "In." }
phase = "receive"
actors = ["desk"]
done_by = "report"
next = ["S1", "S4"]

[[step]]
id = "S1"
title = { nl = "Weging", en = "Triage" }
help = { nl = "Weeg.", en = "Weigh." }
phase = "assess"
actors = ["desk"]
optional = false
repeatable = true
after = ["S0"]
parallel_to = ["S0"]
guards = ["author_declared"]
law = { nl = "Wet, artikel 1", en = "Act, article 1" }
figure = 7
term = [
  { law = "awb_9_11_1", from = "S1.known_on", when = "S1.crime", stops_on = "known_on", latest = "S4" },
  { days = 3, from = "S0", kind = "norm", basis = { nl = "Norm", en = "Norm" } },
  { months = [3, 6], from = "feedback_given", kind = "default", basis = { nl = "Gewoonte", en = "Habit" } },
]

[[step.calls]]
field = "crime"
is = ["yes"]
next = ["S2"]

[[step.record]]
name = "crime"
type = "yes_no"
label = { nl = "Strafbaar?", en = "An offence?" }
help = { nl = "Denk na.", en = "Think." }
flag = "criminal_offence"

[[step.record]]
name = "known_on"
type = "day"
label = { nl = "Bekend op", en = "Known on" }
only_if = { field = "crime", is = ["yes"] }
when = "past"

[[step.record]]
name = "soon_why"
type = "text"
label = { nl = "Waarom zo snel?", en = "Why so soon?" }
required = false
options = ["wait"]

[[step.record]]
name = "planned_on"
type = "day"
label = { nl = "Gepland op", en = "Planned on" }
when = "coming"
earliest = { workdays = 5, after = "known_on", unless = "soon_why" }
latest = { months = 6 }
options = ["wait"]

[[step.record]]
name = "nature"
type = "choice"
label = { nl = "Soort", en = "Nature" }
figure = 3
choices = [
  { value = "geld", label = { nl = "Geld", en = "Money" }, counts_as = "financieel" },
  { value = "overig", label = { nl = "Overig", en = "Other" } },
]

[[step.record]]
name = "pieces"
type = "rows"
label = { nl = "Stukken", en = "Pieces" }
unless = "soon_why"

[[step.record.columns]]
name = "what"
type = "text"
label = { nl = "Wat", en = "What" }

[[step.record.columns]]
name = "sum"
type = "hash"
label = { nl = "Hash", en = "Hash" }

[[step.option]]
value = "wait"
label = { nl = "Wachten", en = "Wait" }
counts_as = "nog_niet"
again_on = "planned_on"
next = []

[[step.option]]
value = "onderzoek"
label = { nl = "Onderzoek", en = "Investigation" }
next = ["S2", "AWAY"]

[[step]]
id = "S2"
title = { nl = "Verdagen", en = "Adjourn" }
help = { nl = "Verdaag.", en = "Adjourn." }
phase = "address"
actors = ["desk"]
extends = { step = "S1", law = "awb_9_11_2" }
next = ["S3"]

[[step.record]]
name = "bericht_klager_op"
type = "day"
label = { nl = "Klager", en = "Complainant" }

[[step.record]]
name = "bericht_beklaagde_op"
type = "day"
label = { nl = "Beklaagde", en = "Person concerned" }

[[step]]
id = "S3"
title = { nl = "Sluiten", en = "Close" }
help = { nl = "Sluit.", en = "Close." }
phase = "conclude"
actors = ["desk"]
closes = true

[[step]]
id = "S4"
title = { nl = "Terugkoppeling", en = "Feedback" }
help = { nl = "Schrijf.", en = "Write." }
phase = "conclude"
actors = ["desk"]
done_by = "feedback"
term = { clock = "feedback" }
next = ["S3"]
"""

OWN = """
extends = "S"
id = "S_own"
version = 4
remove = ["S2"]

[actors]
chair = { nl = "Voorzitter", en = "Chair" }

[[step]]
id = "S1"
help = { nl = "Weeg goed.", en = "Weigh well." }

[[step.option]]
value = "wait"
label = { nl = "Later", en = "Later" }
counts_as = "nog_niet"
again_on = "planned_on"
next = []

[[step.option]]
value = "onderzoek"
label = { nl = "Onderzoek", en = "Investigation" }
next = ["S5", "AWAY"]

[[step.calls]]
field = "crime"
is = ["yes"]
next = ["S5"]

[[step]]
id = "S5"
title = { nl = "Extra", en = "Extra" }
help = { nl = "Doe meer.", en = "Do more." }
phase = "address"
actors = ["chair"]
term = { weeks = 2, from = "S0", kind = "norm", basis = { nl = "Eigen norm", en = "Own norm" } }
next = ["S3"]

[[step.record]]
name = "why"
type = "long_text"
label = { nl = "Waarom", en = "Why" }
"""
