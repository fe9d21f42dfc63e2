"""What this floor announces to those above, in the transaction of the act that says it."""

from django.dispatch import Signal

# Sent with `act`, `by` and `on` when an act is signed: its text and its clauses bind from now on.
acte_signe = Signal()

# Sent with `act`, `by` and `on` while an act is being signed, before it is closed: what floors
# above planned with it binds. A receiver that raises `ValidationError` refuses the signature.
acte_applique = Signal()

# Sent with `act` and `on` while what stands before a signature is listed: receivers answer with a
# list of `rules.signature.Obstacle`.
acte_examine = Signal()

# Sent with `act` while the text of an avenant is written: receivers answer with a list of
# `rules.avenants.Provision`, what the avenant says of what floors above keep.
acte_redige = Signal()

# Sent with `convention`, `by` and `on` when a clause, a mandate or a date of a convention changes:
# every deadline of the convention is to be counted again.
dates_changed = Signal()

# Sent with `act` and `on` while the procedure of an act is checked: receivers answer with the list
# of `rules.procedure.EngagementFacts` that it, and the text it changes, would leave owed.
procedure_examinee = Signal()

# Sent with `act`, `by`, `at`, `parties` and `pressing` when something happens in the negotiation of
# an act that these parties are to be told of: a round ends, somebody writes, proposes, answers.
# Never of a draft. `pressing`: they are awaited. What happened is read again when they are told.
negotiation_moved = Signal()

# Sent with `convention`, `old` and `new` (`models.comparing.Side`) while two texts are compared:
# receivers answer with a list of `rules.comparaison_autour.Section`, what they keep of each text.
texts_compared = Signal()
