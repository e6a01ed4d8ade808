"""What the words of one report say, as spans.

In: a text layer and its `Context`. Out: a `Reading`.
Must not know: other reports, what a name refers to in the world, files, or the record.
"""

from standoff.read.pool import read_many as read_many
from standoff.read.reader import READER as READER
from standoff.read.reader import Item as Item
from standoff.read.reader import Reader as Reader
from standoff.read.reader import StandoffReader as StandoffReader
from standoff.read.reader import default_reader as default_reader
