"""What the claims imply: questions, accounts, revisions, disputes, the ledger, the timeline, findings.

In: reports, readings and referents. Out: `Derived`, a pure function of them.
Must not know: files, SQL, spaCy, the clock, or how readings and referents were made.
"""

from standoff.reconcile.derive import reconcile as reconcile
from standoff.reconcile.figures.aggregates import Setting as Setting
from standoff.reconcile.figures.aggregates import aggregate as aggregate
from standoff.reconcile.trust import Trust as Trust
