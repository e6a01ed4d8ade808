"""The network itself: windows of pieces in, label numbers and scores out."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from standoff.errors import VocabError
from standoff.read.encoder.pieces import CLS, GAPS, NO_SHAPE, SEP
from standoff.read.encoder.weights import Weights

Known = tuple[tuple[int, ...], int]


class Scores(NamedTuple):
    """What the network says of one window of W words."""

    labels: NDArray[np.int64]
    """(W, 4): numbers of tag, part of speech, dependency label, entity label."""
    start: NDArray[np.float32]
    """(W,): above 0 where a sentence begins."""
    roles: NDArray[np.float32]
    """(W, 3, 3): log-probabilities of out/begin/in for source, cue, content."""
    arc: NDArray[np.float32]
    """(W, W): how well each column serves as the row's head; itself for a root."""
    cue: NDArray[np.floating[Any]]
    """(W, W): for a content word, the column that begins its cue."""
    source: NDArray[np.floating[Any]]
    """(W, W): for a cue word, the column that begins its source; itself for none."""


class Network:
    """An ONNX Runtime session over the pinned weights. One window a call.

    Windows go in one at a time on purpose: int8 activations are scaled by the whole input, so in
    a batch a report would be read differently according to its company; and nothing is padded.
    """

    def __init__(self, weights: Weights, threads: int = 1) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        path = weights.folder / "encoder.onnx"
        try:
            self._session: Any = onnxruntime.InferenceSession(
                str(path), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:
            raise VocabError(
                f"the encoder cannot be opened: {error}", where=path.name, todo="reinstall standoff"
            ) from error

    def __call__(self, known: list[Known], gaps: list[int]) -> Scores:
        """Scores of one window, given each word's pieces with shape, and the gap before it."""
        ids, shapes, first = [CLS], [NO_SHAPE], []
        for (pieces, shape), gap in zip(known, gaps, strict=True):
            first.append(len(ids))
            ids.extend(pieces)
            shapes.extend([shape * GAPS + gap] * len(pieces))
        ids.append(SEP)
        shapes.append(NO_SHAPE)
        feed = {
            name: np.array([row], dtype=np.int64)
            for name, row in (("ids", ids), ("shapes", shapes), ("first", first))
        }
        labels, start, roles, arc, cue, source = self._session.run(None, feed)
        size = len(first)
        return Scores(labels[0], start[0], roles[0].reshape(size, 3, 3), arc[0], cue[0], source[0])
