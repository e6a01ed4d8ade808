"""Numbers as said, their bounds under a named rule, and what they count.

In: a parsed text and what the layers before found. Out: `Quantity` records in text order.
Must not know: other reports, the situation, which figure is right.
"""

from standoff.read.quantities.find import find_quantities as find_quantities
from standoff.read.quantities.rules import number_rule as number_rule
