"""A language model behind an OpenAI-compatible address as the reader: ``--reader endpoint:URL#MODEL``.

In: items to read. Out: readings whose every span stands in the text word for word.
Must not know: any model's name, other reports, the record.

The text is sent to the address that the user names, and nowhere else.
"""

from standoff.read.endpoint.reader import EndpointReader as EndpointReader
from standoff.read.endpoint.reader import make_endpoint as make_endpoint
