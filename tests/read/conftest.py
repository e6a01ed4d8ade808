"""What tests of reading share: the grammar that the layers stand on."""

from __future__ import annotations

import pytest

from standoff.errors import VocabError
from standoff.read.host import Host, load_host


@pytest.fixture(scope="module")
def host() -> Host:
    """The packaged encoder; without its weights the tests that want it are skipped, and say so."""
    try:
        return load_host()
    except VocabError as error:
        pytest.skip(f"no grammar without the encoder's weights: {error}")
