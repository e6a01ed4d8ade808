"""Questions that words answer: did it happen, who did it, when, where, is aid let through, who is to blame.

In: the shelf of pages and referents. Out: `Open` questions whose answers stand for or against each other.
Must not know: counts, the ledger, how anything is shown.
"""
