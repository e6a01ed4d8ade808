"""The record as a page on this machine. Until the workbench stands it is read only.

In: a situation file. Out: the brief and the JSON of every WHAT over loopback HTTP.
Must not know: how anything is read, resolved or derived.
"""

from standoff.web.server import Page as Page
from standoff.web.server import serve as serve
