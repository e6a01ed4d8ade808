"""The command line: thin commands over `situation`; it holds no logic of its own."""

from __future__ import annotations

import io
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from rich.console import Console

from standoff import __version__, cli_web
from standoff.errors import InputError, RecordError, StandoffError, UsageError
from standoff.read.threads import one_thread

app = typer.Typer(
    name="standoff",
    help="Keep the record of a contested event: who said what, how many, where and when, word for word.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
STOPPED = 130
"""Exit code after Ctrl-C."""
err = Console(stderr=True, highlight=False, soft_wrap=True)

SITUATION = "A file NAME.standoff, or postgresql://USER@HOST/DATABASE?schema=NAME"
SituationArg = Annotated[str, typer.Argument(help=SITUATION)]
Published = Annotated[str | None, typer.Option(help="Publication date (ISO 8601 or EDTF)")]
Publisher = Annotated[str | None, typer.Option(help="Who published the reports")]
Jobs = Annotated[int, typer.Option(min=1, help="Processes to read with, at most one a core")]
ReaderName = Annotated[
    str | None,
    typer.Option("--reader", help="Another reader: spacy:PIPELINE, endpoint:URL#MODEL, or one installed"),
]
AsOf = Annotated[str | None, typer.Option("--as-of", help="What was held on this date")]
KnownBy = Annotated[str | None, typer.Option("--known-by", help="Only reports published by this date")]
RecordedBy = Annotated[
    int | None, typer.Option("--recorded-by", min=0, help="The record as of this log entry")
]

Believe = Annotated[
    list[str] | None,
    typer.Option(help="Ledger: count this voice only (a name, own, unclear or unnamed); may repeat"),
]
Without = Annotated[
    list[str] | None,
    typer.Option(help="Ledger: leave this voice out (a name, own, unclear or unnamed); may repeat"),
]
WithoutAssumption = Annotated[
    list[str] | None, typer.Option(help="Ledger: switch off an assumption, by its printed name; may repeat")
]


@app.callback(invoke_without_command=True)
def root(version: Annotated[bool, typer.Option("--version", help="Print the version")] = False) -> None:
    """Print the version, or go on to the command."""
    if version:
        typer.echo(__version__)
        raise typer.Exit


@app.command()
def read(
    files: Annotated[list[str] | None, typer.Argument(help="Files, or - for standard input")] = None,
    published: Published = None,
    input_format: Annotated[str | None, typer.Option(help="text or jsonl; else by each file's kind")] = None,
    jobs: Jobs = 1,
    reader: ReaderName = None,
) -> None:
    """Read reports and print one JSON object a report."""
    from standoff.preserve import stream
    from standoff.situation import read_reports

    if input_format not in {None, "text", "jsonl"}:
        raise UsageError(f"{input_format!r} is no input format", where="--input-format", todo="text or jsonl")
    failed: list[str] = []

    def reports() -> Iterator[Any]:
        for preserved in stream(files or ["-"], input_format, published):
            if preserved.report.error:
                failed.append(preserved.report.error)
                err.print(preserved.report.error, markup=False)
            else:
                yield preserved.report

    encoder = msgspec.json.Encoder()
    out = sys.stdout.buffer
    for each in read_reports(reports(), jobs, reader):
        out.write(encoder.encode(each) + b"\n")
        out.flush()
    if failed:
        raise typer.Exit(InputError.exit_code)


@app.command()
def add(
    situation: SituationArg,
    sources: Annotated[list[str], typer.Argument(help="Files, folders, http(s) addresses, or -")],
    published: Published = None,
    publisher: Publisher = None,
    input_format: Annotated[str | None, typer.Option(help="Kind of input, if its bytes do not tell")] = None,
    jobs: Jobs = 1,
    allow_private: Annotated[bool, typer.Option(help="Allow addresses of private networks")] = False,
    reader: ReaderName = None,
) -> None:
    """Add reports to a situation. Interrupt at will: the same command goes on where it stopped."""
    from standoff.preserve import Given, Options, checked, kind_of
    from standoff.show.progress import Adding
    from standoff.situation import Situation

    options = Options(
        given=checked(Given(published=published, publisher=publisher)),
        input_format=kind_of(input_format),
        allow_private=allow_private,
    )
    code = 0
    try:
        with Situation.open(situation) as record, Adding(err) as shown:
            for outcome in record.add(sources, options, jobs=jobs, progress=shown.taken, reader=reader):
                shown.done(outcome.report, outcome.outcome, outcome.error, outcome.warnings)
                code = code or outcome.exit_code
            record.publish()
            shown.summary(record.record.where)
    except KeyboardInterrupt as stop:
        raise typer.Abort from stop
    if code:
        raise typer.Exit(code)


@app.command()
def show(
    situation: SituationArg,
    what: Annotated[str, typer.Argument(help="timeline, statements, disputes, ledger, ... (see --help)")],
    format: Annotated[str, typer.Option(help="table, json or csv")] = "table",  # noqa: A002
    rule: Annotated[
        str | None,
        typer.Option(
            help="Figures of questions and harm under: minmax, best_low_high, lowest, conservative, latest"
        ),
    ] = None,
    grade: Annotated[str | None, typer.Option(help="Grade harm as a scheme defines it: airwars")] = None,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    recorded_by: RecordedBy = None,
    believe: Believe = None,
    without: Without = None,
    without_assumption: WithoutAssumption = None,
) -> None:
    """Show one side of the record: timeline, statements, claims, parties, places, quantities,
    incidents, victims, questions, disputes, findings, ledger, clock, access, harm, agreements, reports,
    queue, reviews, orphans."""
    from standoff.show import csv_text, json_text, print_table

    choice = believe or [], without or [], without_assumption or []
    if any(choice) and what != "ledger":
        raise UsageError(
            "--believe, --without and --without-assumption choose what the ledger counts",
            where=what, todo="leave them out, or show the ledger",
        )  # fmt: skip
    view = _view(situation, as_of, known_by, recorded_by, *choice)
    if format == "json":
        _write(json_text(view, what, rule=rule, grade=grade) + "\n")
    elif format == "csv":
        _write(csv_text(view, what, rule=rule, grade=grade))
    elif format == "table":
        print_table(view, what, rule=rule, grade=grade)
    else:
        raise UsageError(f"{format!r} is no format", where="--format", todo="table, json or csv")


@app.command()
def brief(
    situation: SituationArg,
    output: Annotated[Path, typer.Option("-o", "--output", help="The HTML file to write")],
    withhold: Annotated[list[str] | None, typer.Option(help="names, victims or sources; may repeat")] = None,
    coarsen: Annotated[float | None, typer.Option(help="Round places to this many km")] = None,
    no_text: Annotated[bool, typer.Option("--no-text", help="Leave the reports' texts out")] = False,
    interactive: Annotated[
        bool, typer.Option("--interactive", help="A page to explore, with charts and filters; not for print")
    ] = False,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    recorded_by: RecordedBy = None,
) -> None:
    """Write the brief: one HTML file that works from disk, every figure leading to its words.

    The still one needs no script and prints well; the interactive one is the page without its server.
    """
    from standoff.show import Withhold, write_brief

    wishes = Withhold.of(withhold or [], coarsen_km=coarsen, no_text=no_text)
    with _existing(situation, write=bool(wishes)) as record:
        view = record.view(_axes(as_of, known_by, recorded_by))
        write_brief(view, output, wishes, interactive=interactive)
        if wishes:
            record.record.append_output({"kind": "brief", "withheld": wishes.words()})
    err.print(f"wrote {output}", markup=False)


@app.command()
def export(
    situation: SituationArg,
    to: Annotated[str, typer.Option("--to", help="Format; an unknown one lists all")],
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder to write to")] = Path(),
    as_of: AsOf = None,
    known_by: KnownBy = None,
    recorded_by: RecordedBy = None,
) -> None:
    """Export in another tool's format, with a report of what that format cannot hold."""
    from standoff.exchange import export_to

    written = export_to(_view(situation, as_of, known_by, recorded_by), to, output)
    for path in written.files:
        typer.echo(str(path))
    for loss in written.losses:
        err.print(f"not held by {to}: {loss}", markup=False)


@app.command()
def verify(
    situation: SituationArg,
    head: Annotated[str | None, typer.Option(help="Head hash kept elsewhere, to check against")] = None,
) -> None:
    """Check every hash, the chain, every anchor and the derived tables; name the first thing that is off."""
    from standoff.record import verify as check
    from standoff.situation import VERSION

    report = check(situation, head, version=VERSION)
    report.require()
    typer.echo(
        f"{report.path}: {report.entries} entries, {report.contents} contents and {report.annotations} "
        f"annotations fit; head {report.head.n} {report.head.hash}"
    )
    for note in report.notes:
        err.print(f"note: {note}", markup=False)


@app.command()
def why(
    situation: SituationArg,
    id: Annotated[str, typer.Argument(help="Any id that a table or the JSON shows")],  # noqa: A002
    all: Annotated[bool, typer.Option("--all", help="Every account, however many there are")] = False,  # noqa: A002
    as_of: AsOf = None,
    known_by: KnownBy = None,
    recorded_by: RecordedBy = None,
) -> None:
    """Show what anything in the record rests on, down to the words: report, offsets and quotation."""
    from standoff.show import print_why

    print_why(_view(situation, as_of, known_by, recorded_by), id, every=all)


@app.command()
def copy(situation: SituationArg, file: Annotated[str, typer.Argument(help="New file, or address")]) -> None:
    """Make a consistent copy of a situation, to a file or to a database, even while it is in use."""
    from standoff.record import copy as copy_record

    err.print(f"copied to {copy_record(situation, file)}", markup=False)


@app.command()
def review(
    situation: SituationArg,
    action: Annotated[str, typer.Argument(help="accept, reject, correct, merge, split, add or undo")],
    targets: Annotated[list[str] | None, typer.Argument(help="Ids, party names, or an entry number")] = None,
    set_: Annotated[list[str] | None, typer.Option("--set", help="field=value of a correction")] = None,
    why: Annotated[str | None, typer.Option(help="The reason, kept with the decision")] = None,
    by: Annotated[str | None, typer.Option(help="Who decides (default: your login name)")] = None,
) -> None:
    """Record a decision about something the record shows. Nothing is overwritten; undo takes it back."""
    from standoff.reviewing import make_review

    with _existing(situation, write=True) as record:
        made = make_review(record.view(), action, targets or [], set_ or [], by or cli_web.login(), why)
        entry = record.review(made)
        record.publish()
    err.print(f"recorded as entry {entry}", markup=False)


app.command()(cli_web.serve)
app.command()(cli_web.people)


@app.command()
def demo(
    folder: Annotated[Path, typer.Option("--into", help="Folder to build the demo in")] = Path(
        "standoff-demo"
    ),
) -> None:
    """Build a situation from sample reports of an invented event, show it and write its brief."""
    from standoff.demo import run

    run(folder)


@app.command()
def schema(name: Annotated[str, typer.Argument(help="read-input, read-output, or a WHAT")]) -> None:
    """Print the JSON Schema of what goes in or comes out."""
    from standoff.show.schema import schema_text

    _write(schema_text(name) + "\n")


def _write(text: str) -> None:
    """What other programs read is UTF-8, whatever the terminal speaks."""
    typer.echo(text.encode("utf-8", "backslashreplace"), nl=False)


def _existing(place: str, *, write: bool = False) -> Any:  # noqa: ANN401  (imported late: --help is quick)
    from standoff.situation import Situation

    return Situation.open(place, create=False, write=write)


def _axes(as_of: str | None, known_by: str | None, recorded_by: int | None, *choice: Sequence[str]) -> Any:  # noqa: ANN401
    """The axes; ``choice`` is whom to believe, whom to leave out, which assumptions to switch off."""
    from standoff.model import Axes

    believe, without, assumptions = (tuple(each) for each in choice or ((), (), ()))
    return Axes(
        as_of=as_of, known_by=known_by, recorded_by=recorded_by,
        believe=believe, without=without, without_assumptions=assumptions,
    )  # fmt: skip


def _view(
    place: str,
    as_of: str | None = None,
    known_by: str | None = None,
    recorded_by: int | None = None,
    *choice: Sequence[str],
) -> Any:  # noqa: ANN401
    with _existing(place) as record:
        return record.view(_axes(as_of, known_by, recorded_by, *choice))


def _mute() -> None:
    """What could not be written is not tried again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def main() -> None:
    """Entry point: one sentence for every error, no traceback, a stable exit code."""
    one_thread()
    logging.basicConfig(handlers=[logging.NullHandler()])  # libraries do not speak for the program
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that cannot show a sign shows its code
            stream.reconfigure(errors="backslashreplace")
    try:
        code = app(standalone_mode=False)
        sys.stdout.flush()
    except StandoffError as error:
        err.print(f"standoff: {error}", markup=False)
        sys.exit(error.exit_code)
    except typer.Abort:
        err.print("standoff: stopped; what was done is kept, the same command goes on from there")
        sys.exit(STOPPED)
    except SystemExit as stop:
        if isinstance(stop.__context__, BrokenPipeError):  # typer's answer to it is exit code 1
            _mute()
            sys.exit(0)
        raise
    except BrokenPipeError:
        _mute()
        sys.exit(0)
    except OSError as error:
        _mute()
        err.print(f"standoff: the system refused: {error} [{RecordError.code}]", markup=False)
        sys.exit(RecordError.exit_code)
    except Exception as error:
        if not hasattr(error, "exit_code") or not hasattr(error, "format_message"):
            raise
        err.print(f"standoff: {error.format_message()} [{UsageError.code}]", markup=False)
        sys.exit(error.exit_code)
    if code == STOPPED:
        err.print("standoff: stopped")
    sys.exit(code or 0)
