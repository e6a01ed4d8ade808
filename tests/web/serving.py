"""``python -m tests.web.serving ARGS``: the command line with a page that stands in for the built one."""

from __future__ import annotations

from standoff.cli import main
from standoff.web import static
from tests.web.workbench import FILES

if __name__ == "__main__":
    static.load = lambda folder=static.BUILT: FILES
    main()
