"""Statements: who said what, through whom, and what the report says itself.

In: a parsed text, its context, mentions and times. Out: `Statement` records.
Must not know: claims, quantities, other reports.
"""

from standoff.read.statements.candidates import candidates as candidates
from standoff.read.statements.find import find_statements as find_statements
