"""In: reports, readings and reviews. Out: the situation, in a file or a database, as of any point.

Also out: a check of the file, a copy of it, and what reviews make of readings.
Must not know: spaCy, the reader, how anything is derived, or how it is shown.
"""

from standoff.record.address import shown as shown
from standoff.record.anchors import anchor_of as anchor_of
from standoff.record.anchors import check_anchor as check_anchor
from standoff.record.anchors import check_reading as check_reading
from standoff.record.copying import copy as copy
from standoff.record.decisions import Decision as Decision
from standoff.record.decisions import Effective as Effective
from standoff.record.decisions import Orphan as Orphan
from standoff.record.decisions import apply_reviews as apply_reviews
from standoff.record.entries import Entry as Entry
from standoff.record.record import Added as Added
from standoff.record.record import Record as Record
from standoff.record.store import Head as Head
from standoff.record.verify import VerifyReport as VerifyReport
from standoff.record.verify import verify as verify
from standoff.record.views import Snapshot as Snapshot
