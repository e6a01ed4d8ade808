"""The brief: one HTML file in which every figure opens its passage, made from one JSON payload.

In: a view and what to withhold. Out: the payload, the page, the policy a browser is held to.
Must not know: the record, the terminal, the network.
"""

from standoff.show.brief.render import brief_html as brief_html
from standoff.show.brief.render import policy as policy
from standoff.show.brief.render import write_brief as write_brief
from standoff.show.brief.withhold import Withhold as Withhold
