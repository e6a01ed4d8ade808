"""Place names in a report and where they are.

In: a parsed text and its `Context`. Out: `Place` records with coordinates, gazetteer id and radius.
Must not know: other layers, other reports, or files beside the shipped gazetteer.
"""

from standoff.read.places.find import find_places as find_places
