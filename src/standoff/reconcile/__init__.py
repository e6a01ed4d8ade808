"""What the claims imply: questions, accounts, revisions, disputes, the ledger, the timeline, findings.

In: reports, readings and referents. Out: `Derived`, a pure function of them.
Must not know: files, SQL, spaCy, the clock, or how readings and referents were made.
"""

from standoff.reconcile.derive import Asked as Asked
from standoff.reconcile.derive import ask as ask
from standoff.reconcile.derive import count_again as count_again
from standoff.reconcile.derive import derive as derive
from standoff.reconcile.derive import reconcile as reconcile
from standoff.reconcile.figures.aggregates import Setting as Setting
from standoff.reconcile.figures.aggregates import aggregate as aggregate
from standoff.reconcile.kept import Workings as Workings
from standoff.reconcile.ledger import Memo as Memo
from standoff.reconcile.trust import Trust as Trust
