"""Who took which part in harm done on purpose: doers, their organisation, people and things hit, means.

In: a parsed document. Out: `Part` records, each with its words and a calibrated confidence.
Must not know: claims, statements, any party by name (names are masked before anything is learnt).
"""

from standoff.read.roles.find import find_parts as find_parts
from standoff.read.roles.group import Part as Part
