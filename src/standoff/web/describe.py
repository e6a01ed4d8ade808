"""The API's OpenAPI description, on standard output: ``python -m standoff.web.describe > page/openapi.json``.

It is made of the routes and the records they answer with; no situation is needed for it.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from standoff.people import Register
from standoff.situation import Situation
from standoff.web.adding import Adder
from standoff.web.app import make_app
from standoff.web.bus import Bus
from standoff.web.live import Live


def description() -> dict[str, Any]:
    """The description as plain data."""
    with tempfile.TemporaryDirectory(prefix="standoff-") as folder:
        path = Path(folder) / "empty.standoff"
        bus = Bus()
        people, _token = Register.alone("nobody")
        with Situation.open(path) as situation:
            live = Live(situation, bus.tell)
            try:
                adder = Adder(str(path), bus.tell, live.grown)
                return make_app(live, people, adder, bus, team=False, files={}).openapi()
            finally:
                live.close()
                people.close()


def main() -> None:
    """Write the description as the page's types are made from it."""
    sys.stdout.write(json.dumps(description(), indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
