"""The record shown: rows, terminal tables, the brief, charts, schemas.

In: a view of a situation. Out: rows, JSON, CSV, text on a terminal, one HTML file.
Must not know: how anything is read, resolved or derived, the log, the network, or the server.
"""

from standoff.show.brief import Withhold as Withhold
from standoff.show.brief import write_brief as write_brief
from standoff.show.chosen import chosen as chosen
from standoff.show.rows import WHATS as WHATS
from standoff.show.rows import Rows as Rows
from standoff.show.rows import csv_text as csv_text
from standoff.show.rows import json_text as json_text
from standoff.show.rows import rows as rows
from standoff.show.terminal import print_table as print_table
from standoff.show.why import print_why as print_why
