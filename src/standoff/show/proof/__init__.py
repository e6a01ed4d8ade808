"""Proofs: from anything that has an id down to the words it rests on.

In: an index over a view. Out: nodes, each a line with exact words and what it rests on.
Must not know: terminals, pages, how anything was derived.
"""

from standoff.show.proof.chain import Node as Node
from standoff.show.proof.derived import Proofs as Proofs
