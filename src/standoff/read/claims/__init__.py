"""Claims: typed propositions drawn from the statements of one report.

In: a parsed Doc and the other layers' records of the same report. Out: `Claim` records in text order.
Must not know: other rooms, other reports, what the claims imply.
"""

from standoff.read.claims.find import find_claims as find_claims
from standoff.read.claims.persons import PersonFacts as PersonFacts
from standoff.read.claims.persons import describe_person as describe_person
