"""The ledger: groups as stock and flow, as a small declarative model of bounds and sums.

In: number questions with their accounts, and groups. Out: `Ledger`.
Must not know: text beyond the words of a claim, spaCy, files; which account is right.
"""

from standoff.reconcile.ledger.build import build as build
from standoff.reconcile.ledger.component import Memo as Memo
from standoff.reconcile.ledger.run import make_ledger as make_ledger
