"""Bytes to reports: hash, custody, and the text layer that every offset will refer to.

In: files, folders, addresses, standard input. Out: `Preserved` (a report and its very bytes).
Must not know: what the words mean, or where anything is kept.
"""

from standoff.preserve.intake import Options as Options
from standoff.preserve.intake import Upload as Upload
from standoff.preserve.intake import kind_of as kind_of
from standoff.preserve.intake import stream as stream
from standoff.preserve.intake import take as take
from standoff.preserve.intake import take_bytes as take_bytes
from standoff.preserve.jsonl import parse_line as parse_line
from standoff.preserve.language import detect as detect
from standoff.preserve.textlayer import Given as Given
from standoff.preserve.textlayer import checked as checked
from standoff.preserve.textlayer import report_from_text as report_from_text
