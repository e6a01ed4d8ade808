"""Which things in the world the words mean, within a report and across reports.

In: reports, readings, and people's merges and splits. Out: `Referents`, and readings bound to them.
Must not know: how words were found, how accounts are compared, where anything is stored.
"""

from standoff.resolve.bind import bind as bind
from standoff.resolve.kept import Kept as Kept
from standoff.resolve.kept import steady as steady
from standoff.resolve.resolver import resolve as resolve
