"""Which language a report is in: detected offline, kept as a guess."""

from __future__ import annotations

from functools import cache
from typing import Any

from standoff.model import Sourced

SAMPLE = 3000
SURE = 0.9
SHORT = 120


@cache
def _identifier() -> Any:  # noqa: ANN401  (the library has no types)
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def detect(text: str) -> Sourced:
    """ISO 639-1 code of the text's language, or unknown when it is short or the detector is unsure.

    Upper-case wire text is lowered first: the detector knows languages by their usual case.
    """
    sample = text[:SAMPLE].strip()
    if len(sample) < SHORT:
        return Sourced()
    code, probability = _identifier().classify(sample.lower() if sample.isupper() else sample)
    return Sourced(value=str(code), origin="guessed") if probability >= SURE else Sourced()
