"""In: a view of the record. Out: files in other people's formats, each with what it could not hold.

One module a format, a pure function ``View -> Export`` each.
Must not know: how a view is made, the situation file, or any reader.
"""

from standoff.exchange.export import FORMATS as FORMATS
from standoff.exchange.export import export_to as export_to
from standoff.exchange.loss import Export as Export
from standoff.exchange.loss import Loss as Loss
from standoff.exchange.loss import Written as Written
