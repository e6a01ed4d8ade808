"""What is listed by date or by kind: the timeline, the clock, access, harm, agreements.

In: the shelf and the questions. Out: timeline items and rows for `show`.
Must not know: how questions were found, how anything is shown.
"""

from standoff.reconcile.tables.access import access_rows as access_rows
from standoff.reconcile.tables.clock import clock_rows as clock_rows
from standoff.reconcile.tables.deals import agreement_rows as agreement_rows
from standoff.reconcile.tables.harm import harm_rows as harm_rows
from standoff.reconcile.tables.timeline import find_timeline as find_timeline
