"""What each view of the workbench shows, as plain records: slices of what the brief is made of, and more.

In: a view, and what the log says of when things came. Out: records of `shape`, made when asked for.
Must not know: requests, accounts of people, how anything was derived.
"""

from standoff.show.page.happened import Sought as Sought
from standoff.show.page.log import Log as Log
from standoff.show.page.parts import Parts as Parts
from standoff.show.page.search import Search as Search
