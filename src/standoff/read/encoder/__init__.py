"""One small network over words: tags, sentences, a parse, names, and who said what.

In: a tokenised text. Out: the same spaCy `Doc` with its grammar set, and `RawAttribution`s.
Must not know: any layer that reads the result, other reports, the record.
"""

from standoff.read.encoder.network import Network as Network
from standoff.read.encoder.network import Scores as Scores
from standoff.read.encoder.weights import Weights as Weights
from standoff.read.encoder.weights import load_weights as load_weights
