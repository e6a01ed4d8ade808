"""What the documentation says is what the program does."""

from __future__ import annotations

import ast
import importlib.util
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import standoff
import standoff.web  # its errors are of the family
from standoff import errors
from standoff.demo import REPORTS
from standoff.show import WHATS
from standoff.show.schema import NAMES

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])
LINK = re.compile(r"(?<!`)\[[^\]\n]*\]\(([^)\s]+)\)")


def maker(script: str = "make_commands") -> ModuleType:
    spec = importlib.util.spec_from_file_location(script, DOCS / f"{script}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path) -> Iterator[str]:
    """Lines of code blocks and code spans."""
    text = page.read_text(encoding="utf-8")
    fenced = re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    indented = re.findall(r"^(?: {4}|\t)(.*)$", text, re.MULTILINE)
    yield from (line for block in fenced for line in block.splitlines())
    yield from indented
    yield from re.findall(r"`([^`\n]+)`", text)


def test_the_reference_of_commands_is_what_the_program_has() -> None:
    written = (DOCS / "commands.md").read_text(encoding="utf-8")
    assert written == maker().page(), "run: python docs/make_commands.py"


def named_commands() -> list[tuple[str, str]]:
    found = [(name(page), line.removeprefix("$ ")) for page in PAGES for line in blocks(page)]
    return [(page, line) for page, line in found if re.match(r"standoff [a-z]", line)]


@pytest.fixture(scope="module")
def known() -> dict[str, set[str]]:
    """Options of every command."""
    made = maker()
    commands = {}
    for command in made.app.registered_commands:
        options = {word for each in made.parameters(command.callback) if not each.argument
                   for word in each.written.replace(",", "").split() if word.startswith("-")}  # fmt: skip
        commands[made.name_of(command)] = options
    return commands


@pytest.mark.parametrize(("page", "line"), named_commands())
def test_every_command_that_is_named_exists(page: str, line: str, known: dict[str, set[str]]) -> None:
    words = shlex.split(line, comments=True)
    command, rest = words[1], words[2:]
    assert command in {*known, "COMMAND"}, page
    for word in rest:
        if word.startswith("-") and word != "-" and command in known:
            assert word.split("=")[0] in {*known[command], "--help", "-h"}, page
    if command == "show" and len(rest) > 1 and rest[1] != "WHAT" and not rest[1].startswith("-"):
        assert rest[1] in WHATS, page
    if command == "schema" and rest and rest[0] != "NAME":
        assert rest[0] in NAMES, page


def targets() -> list[tuple[str, str]]:
    found = []
    for page in PAGES:
        text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
        found += [(name(page), target) for target in LINK.findall(text)]
    return [(page, target) for page, target in found if not re.match(r"[a-z]+:", target)]


@pytest.mark.parametrize(("page", "target"), targets())
def test_every_link_within_the_project_leads_somewhere(page: str, target: str) -> None:
    path, _, anchor = target.partition("#")
    aim = (ROOT / page).parent / path if path else ROOT / page
    assert aim.exists(), f"{page} names {target}"
    if anchor:
        headings = re.findall(r"^#+ (.+)$", aim.read_text(encoding="utf-8"), re.MULTILINE)
        slugs = {re.sub(r"[^\w\- ]", "", heading.casefold()).replace(" ", "-") for heading in headings}
        assert anchor in slugs, f"{page} names {target}"


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_picture_says_in_words_what_it_shows_and_is_small(page: Path) -> None:
    for words, target in re.findall(r"!\[([^\]]*)\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        assert len(words.split()) > 5, target
        assert (page.parent / target).stat().st_size <= 150_000, target


@pytest.mark.browser
def test_the_pictures_can_be_drawn_from_the_demo(tmp_path: Path) -> None:
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not (shutil.which("chromium") or shutil.which("google-chrome")):
        pytest.skip("no Chromium on this machine")
    pictures = maker("make_pictures")
    pictures.main(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(pictures.PICTURES)


def family() -> list[type[errors.StandoffError]]:
    found = [errors.StandoffError]
    for each in found:
        found += each.__subclasses__()
    return [each for each in found if each.__module__.startswith("standoff.")]


def test_every_error_is_listed_with_its_codes_and_no_other() -> None:
    text = (DOCS / "errors.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (SO-\d{3}) \| `(\w+)` \| (\d+) \| (.+?) \| (.+?) \|$", text, re.MULTILINE)
    listed = {(code, kind, int(exit_code)) for code, kind, exit_code, _, _ in rows}
    assert listed == {(each.code, each.__name__, each.exit_code) for each in family()}
    assert len({each.code for each in family()}) == len(family()), "codes are unique"


def test_every_what_and_schema_is_described_and_no_other() -> None:
    text = (DOCS / "views.md").read_text(encoding="utf-8")
    described = re.findall(r"^\| `([\w-]+)` \| (.+) \|$", text, re.MULTILINE)
    assert [each for each, _ in described] == [*WHATS, *(each for each in NAMES if each not in WHATS)]
    assert all(len(words) > 10 for _, words in described)


def samples() -> list[tuple[str, str]]:
    found = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        found += [
            (name(page), code)
            for code in re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
        ]
    return found


@pytest.mark.parametrize(("page", "code"), samples(), ids=[page for page, _ in samples()])
def test_every_python_sample_runs(
    page: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a folder that has what the samples take for granted: reports, and a situation."""
    (tmp_path / "reports").mkdir()
    for number, report in enumerate(("01-coast-courier.txt", "08-southern-wire.txt")):
        (tmp_path / "reports" / f"{number}.txt").write_bytes((REPORTS / report).read_bytes())
    with standoff.open(tmp_path / "NAME.standoff", create=True) as situation:
        (tmp_path / "a.txt").write_text(
            "Police said on Monday that five people were killed.", encoding="utf-8"
        )
        situation.add(tmp_path / "a.txt", published="2021-03-04")
    monkeypatch.chdir(tmp_path)
    exec(compile(ast.parse(code), page, "exec"), {})
    assert capsys.readouterr().out.strip() or "print(" not in code


def test_no_page_names_a_path_of_this_machine() -> None:
    for page in PAGES:
        assert not re.search(r"/(?:work|root|home|tmp)/\w", page.read_text(encoding="utf-8")), name(page)
