"""The workbench: the record as a page, for one person on their own machine or for a team.

In: a situation, and the register of who may do what. Out: pages, JSON and news over HTTP.
Must not know: how anything is read, resolved or derived; it holds no logic of the record.
"""

from standoff.web.app import make_app as make_app
from standoff.web.served import Served as Served
from standoff.web.served import serve as serve
