"""Questions that a number answers: which counts are of one thing, and how their accounts stand to each other.

In: the shelf of pages and referents. Out: `Open` questions with linked accounts; aggregates under rules.
Must not know: questions in words, the ledger, how anything is shown.
"""
