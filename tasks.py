"""One command for everything: ``python3 tasks.py demo``, ``python3 tasks.py test``.

Needs Python 3.11+ with pip and a package registry; brings all else into ``.venv`` beside this file.
A second run starts from what is there. ``python3 tasks.py`` lists the tasks.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = str(BIN / "python")
LOCKS = {"run": ROOT / "requirements" / "run.txt", "dev": ROOT / "requirements" / "dev.txt"}
QUIET = {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def run(*command: str) -> None:
    """Run a command in the checkout; stop with its exit code when it fails."""
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **QUIET}, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def install(what: str) -> None:
    """Bring the environment up to the lock and install this checkout into it, once per change of either."""
    if sys.version_info < (3, 11):  # noqa: UP036  (an older Python can still run this file)
        sys.exit("standoff needs Python 3.11 or newer")
    mark = VENV / f"installed-{what}"
    inputs = (LOCKS["run"], LOCKS["dev"], ROOT / "pyproject.toml")
    state = hashlib.sha256(b"".join(path.read_bytes() for path in inputs)).hexdigest()
    if mark.exists() and mark.read_text() == state:
        return
    if not Path(PYTHON).exists():
        print("making .venv", flush=True)
        venv.create(VENV, with_pip=True)
    print("installing (a few minutes the first time)", flush=True)
    run(PYTHON, "-m", "pip", "install", "--quiet", "-r", str(LOCKS[what]))
    run(PYTHON, "-m", "pip", "install", "--quiet", "--no-deps", "--editable", ".")
    mark.write_text(state)


def demo() -> None:
    """Set up, build the demo situation in standoff-demo/, show it and write its brief."""
    install("run")
    run(PYTHON, "-m", "standoff", "demo", "--into", "standoff-demo")


def check() -> None:
    """Formatting, lint and types."""
    install("dev")
    run(PYTHON, "-m", "ruff", "format", "--check", ".")
    run(PYTHON, "-m", "ruff", "check", ".")
    run(PYTHON, "-m", "mypy")


def test() -> None:
    """Set up, then lint, types and all tests; further words go to pytest."""
    check()
    run(PYTHON, "-m", "pytest", "-n", "2", "--dist", "loadgroup", *sys.argv[2:])


def floors() -> None:
    """Measure every layer on the development corpora against the pinned floors."""
    install("dev")
    run(PYTHON, "-m", "standoff.measure", *sys.argv[2:])
    if not sys.argv[2:]:
        run(PYTHON, "-m", "standoff.measure.accounts")


def bench() -> None:
    """Speed, memory and size, printed as tables."""
    install("dev")
    run(PYTHON, "-m", "bench", *sys.argv[2:])


def pictures() -> None:
    """Draw the pictures of docs/ anew, from the demo; needs Chromium."""
    install("dev")
    run(PYTHON, "docs/make_pictures.py")


def page() -> None:
    """Build the workbench's page anew from page/ into the package (Node comes with the lock)."""
    install("dev")
    build_page(ROOT / "page")


def build_page(source: Path, *options: str) -> None:
    """Install what the page's lock names, then check, test and build it."""
    node = {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "CI": "true"}
    for step in (
        ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"),
        ("npm", "run", "--silent", "types"),
        ("npm", "run", "--silent", "check"),
        ("npm", "run", "--silent", "test"),
        ("npm", "run", "--silent", "build", *options),
    ):
        command = (str(BIN / step[0]), *step[1:])
        done = subprocess.run(command, cwd=source, env={**os.environ, **node}, check=False)
        if done.returncode:
            sys.exit(f"{' '.join(step)} failed in {source}")


TASKS: dict[str, Callable[[], None]] = {
    task.__name__: task for task in (demo, test, check, floors, bench, page, pictures)
}


def main() -> None:
    """Run the task named on the command line."""
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in TASKS:
        for task in TASKS.values():
            print(f"python3 tasks.py {task.__name__:8} {(task.__doc__ or '').splitlines()[0]}")
        sys.exit(2 if name else 0)
    TASKS[name]()


if __name__ == "__main__":
    main()
