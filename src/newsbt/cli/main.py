"""The command ``newsbt``: its sub-commands, loaded when they are called, and errors to exit statuses."""

from __future__ import annotations

import contextlib
import errno
import gc
import importlib
import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from newsbt import __version__
from newsbt.errors import InputError, NewsbtError

__all__ = ["COMMANDS", "app", "load_command", "main"]

#: Name of each command, where it is (``module:function`` or ``module`` of a sub-app), and its short help.
COMMANDS: dict[str, tuple[str, str]] = {
    "run": ("newsbt.cli.run:run", "Backtest one strategy or several."),
    "tune": ("newsbt.cli.tune:tune", "Search the parameters of a strategy."),
    "compare": ("newsbt.cli.compare:compare", "Put strategies or finished runs side by side."),
    "report": (
        "newsbt.cli.report:report",
        "Write one page with everything into the folder of each run (report.html) or tuning (tune.html).",
    ),
    "events": (
        "newsbt.cli.events:events",
        "Study how prices moved around the news, and how much of it could be traded.",
    ),
    "placebo": (
        "newsbt.cli.placebo:placebo",
        "See how often a strategy does as well on news with random dates, signs or issuers.",
    ),
    "simulate": ("newsbt.cli.simulate:simulate", "Make prices and news with a known effect, or none."),
    "leakcheck": ("newsbt.cli.leakcheck:leakcheck", "Check that no decision rests on what came after it."),
    "catalysts": ("newsbt.cli.catalysts", "From raw news to catalogues, and catalogues checked."),
    "prices": ("newsbt.cli.prices", "Fetch and check prices."),
    "ledger": ("newsbt.cli.ledger:ledger", "Show how much was tried, by strategy and by day."),
    "list": ("newsbt.cli.manage:list_", "Show strategies, signals, listings, catalogues, presets, brokers."),
    "init": ("newsbt.cli.manage:init", "Make a new workspace."),
    "doctor": ("newsbt.cli.doctor:doctor", "Check the installation and the workspace."),
}
INTERRUPTED, PIPE, BUG = 130, 141, 70
HALTED = "interrupted; nothing half-written is left"
#: Why a device takes no more.
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}


class _EscapeError(Exception):
    """Ctrl-C or a closed pipe, carried past the command-line library, which has its own way with them."""


class _Commands(TyperGroup):
    """The sub-commands: listed from :data:`COMMANDS`, imported when called."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for name, (_, help_) in COMMANDS.items():
            self.commands[name] = TyperCommand(name, help=help_, callback=None)

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and args[0] in COMMANDS:
            self.commands[args[0]] = load_command(args[0])
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, BrokenPipeError) as error:
            raise _EscapeError from error


app = typer.Typer(
    cls=_Commands,
    help="Backtest trading signals that come from dated news.",
    rich_markup_mode=None,
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"newsbt {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True)
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback of an error; may stand anywhere.")
    ] = False,
) -> None:
    """Backtest trading signals that come from dated news."""


def main(argv: list[str] | None = None) -> None:
    """Run the command line and exit.

    Status 0 is done, 1 a check that found something, 2 bad input or usage, 3 data not to be had, 130
    interrupted, 70 a bug in newsbt. Every error is one sentence on stderr; ``--debug`` shows its traceback.
    """
    args = list(sys.argv[1:] if argv is None else argv)
    debug = "--debug" in args
    status = 0
    # A command makes many objects and ends soon: collecting them as often as usual costs a sixth of a run.
    gc.set_threshold(200_000, 20, 100)
    _prepare_streams()
    try:
        _check_texts(args)
        with _stdout_for_json() if "--json" in args else contextlib.nullcontext():
            typer.main.get_command(app).main([arg for arg in args if arg != "--debug"], prog_name="newsbt")
    except SystemExit as error:
        status = _ended(error, debug)
    except NewsbtError as error:
        status = _complain(error, str(error), debug, error.exit_status)
    except (_EscapeError, KeyboardInterrupt) as error:
        if isinstance(error.__cause__, BrokenPipeError):
            status = PIPE
        else:
            status = _complain(error, HALTED, debug, INTERRUPTED)
    except OSError as error:
        full = error.filename is None and error.errno in FULL
        status = _full(error, debug) if full else _unexpected(error, debug)
    except Exception as error:  # noqa: BLE001 - the last resort: whatever it is, one sentence and a status
        status = _unexpected(error, debug)
    status = _flush(status)
    gc.freeze()  # what is alive is not searched for cycles as the process ends: a fifth of a short command
    sys.exit(status)


def load_command(name: str) -> Any:
    """The command `name`, imported."""
    module, _, function = COMMANDS[name][0].partition(":")
    loaded = importlib.import_module(module)
    if not function:
        command = typer.main.get_command(loaded.app)
    else:
        single = typer.Typer(add_completion=False, rich_markup_mode=None)
        single.command(name, no_args_is_help=False)(getattr(loaded, function))
        command = typer.main.get_command(single)
    command.name = name
    return command


def _prepare_streams() -> None:
    """Let no character be refused, and a stream that was closed at the start swallow what it gets."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - for the process
        getattr(sys, name).reconfigure(errors="replace")


def _stdout_for_json() -> contextlib.AbstractContextManager[None]:
    from newsbt.cli import render

    return render.json_only()


def _check_texts(args: list[str]) -> None:
    """Refuse bytes that are no characters: results could not be named after them, nor written down."""
    for arg in args:
        try:
            arg.encode("utf-8")
        except UnicodeEncodeError as error:
            raise InputError(
                f"{os.fsencode(arg).decode('utf-8', 'replace')!r} cannot be read as text in this locale; "
                "set a UTF-8 one (LC_ALL=C.UTF-8), or write plain letters"
            ) from error


def _complain(error: BaseException, text: str, debug: bool, status: int) -> int:
    from newsbt.cli import render

    # Where stderr takes nothing either, the status alone has to say it.
    with contextlib.suppress(OSError):
        if debug:
            import traceback

            traceback.print_exception(error)
        render.note(text)
    return status


def _ended(error: SystemExit, debug: bool) -> int:
    """The status that the command line ended with, or a fault: a user's strategy that ends the program."""
    if error.__context__ is not None and isinstance(error.__context__.__cause__, KeyboardInterrupt):
        # Where Ctrl-C comes before a command begins, the command-line library ends without a word.
        return _complain(error, HALTED, debug, INTERRUPTED)
    if "newsbt.adapters.plugins" in sys.modules:
        from newsbt.adapters.plugins import blame

        fault = blame(error)
        if fault is not None:
            return _complain(error, str(fault), debug, fault.exit_status)
    return error.code if isinstance(error.code, int) else 0


def _unexpected(error: Exception, debug: bool) -> int:
    """Say what went wrong in a user's strategy or signal, or else in newsbt."""
    from newsbt.adapters.plugins import blame

    fault = blame(error)
    if fault is not None:
        return _complain(error, str(fault), debug, fault.exit_status)
    text = f"a bug: {type(error).__name__}: {error}; run it again with --debug and report what it shows"
    return _complain(error, text, debug, BUG)


def _full(error: OSError, debug: bool) -> int:
    why = os.strerror(error.errno or 0).lower()
    return _complain(error, f"the output cannot be written: {why}; send it elsewhere", debug, 2)


def _flush(status: int) -> int:
    """Write out what is buffered, so that a closed pipe or a full disk is met here, not at the very end."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        status = PIPE
    except OSError as error:
        # What could not be written is still in the buffer; a complaint about it may have been made.
        status = status if status else _full(error, debug=False)
    else:
        return status
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return status
