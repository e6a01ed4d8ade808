"""Time expressions: TIMEX3 values, EDTF, and the date that anchored each.

In: a parsed Doc and its Context. Out: Time records, in text order, without overlap.
Must not know: other layers, other rooms, today's date, the locale.
"""

from standoff.read.times.finder import dateline_date as dateline_date
from standoff.read.times.finder import find_times as find_times
