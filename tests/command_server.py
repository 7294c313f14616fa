"""Runs command lines, each in a process of its own forked from one that has the libraries loaded.

Loading them is most of what a short command costs. What a process of its own means stays: its standard
streams, working folder, environment, exit status and death. The server reads one JSON request a line on stdin
and answers each with the exit status, or null where the time was up.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, NoReturn

#: Loaded before any command: none of them reads the environment in a way that a test changes.
LIBRARIES = (
    "numpy",
    "pandas",
    "pydantic",
    "typer",
    "backtrader",
    "exchange_calendars",
    "scipy.stats",
    "pyarrow",
    "yfinance",
    "matplotlib.figure",
    "newsbt.api.backtest",
    "newsbt.api.compare",
    "newsbt.api.evaluate_fast",
    "newsbt.api.events",
    "newsbt.api.leakcheck",
    "newsbt.api.placebo",
    "newsbt.api.simulate",
    "newsbt.api.tune",
    "newsbt.api.walk",
    "newsbt.adapters.specs",
    "newsbt.adapters.report",
    "newsbt.cli.summary",
    "newsbt.plots.figures",
    "newsbt.report.page",
)


class CommandServer:
    """A server, as the tests see it.

    Parameters
    ----------
    folder : Path
        For what commands print.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._server = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=folder,
        )

    def run(
        self, args: list[str], cwd: Path | None, env: dict[str, str], timeout: float
    ) -> subprocess.CompletedProcess[str]:
        """What ``subprocess.run`` of ``python -m newsbt ARGS`` gives."""
        assert self._server.stdin and self._server.stdout
        with tempfile.TemporaryDirectory(dir=self.folder) as own:
            out, err = Path(own, "out"), Path(own, "err")
            request = {
                "args": args, "cwd": str(cwd or Path.cwd()), "env": env, "out": str(out), "err": str(err),
                "timeout": timeout,
            }  # fmt: skip
            self._server.stdin.write(json.dumps(request) + "\n")
            self._server.stdin.flush()
            status = json.loads(self._server.stdout.readline())
            printed = [path.read_text(encoding="utf-8") for path in (out, err)]
        if status is None:
            raise subprocess.TimeoutExpired(args, timeout, *printed)
        return subprocess.CompletedProcess(args, status, *printed)

    def close(self) -> None:
        """End it."""
        assert self._server.stdin and self._server.stdout
        self._server.stdin.close()
        self._server.wait(timeout=30)
        self._server.stdout.close()


def serve() -> dict[str, Any] | None:
    """Answer requests until there are none; in the process of a command, its request."""
    for line in sys.stdin:
        request = json.loads(line)
        child = os.fork()
        if not child:
            return dict(request)
        sys.stdout.write(json.dumps(_wait(child, request["timeout"])) + "\n")
        sys.stdout.flush()
    return None


def _wait(child: int, timeout: float) -> int | None:
    """Exit status of `child`, as subprocess gives it; None if it had to be killed."""
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.005)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def become(request: dict[str, Any]) -> NoReturn:
    """Take the streams, folder and environment of a command, then run it; does not return."""
    for number, place in enumerate((os.devnull, request["out"], request["err"])):
        flags = os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        opened = os.open(place, flags, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    # A pipe is what a test stands for: what a terminal would get is tested with real ones.
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115 - they live as long as the process
        for number, mode in enumerate(("r", "w", "w"))
    )
    os.environ.clear()
    os.environ.update(request["env"])
    os.chdir(request["cwd"])
    sys.argv = ["newsbt", *request["args"]]
    from newsbt.cli.main import main

    try:
        main(request["args"])
    except SystemExit as ended:
        end(ended.code)
    except BaseException:  # noqa: BLE001 - as the interpreter does
        sys.excepthook(*sys.exc_info())
        end(1)
    end(0)


def end(status: Any) -> NoReturn:
    """End as an interpreter does, but for taking every library apart, which costs more than most commands."""
    if isinstance(status, str):
        sys.stderr.write(status + "\n")
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(status if isinstance(status, int) else int(status is not None))


if __name__ == "__main__":
    import importlib

    for library in LIBRARIES:
        importlib.import_module(library)
    asked = serve()
    if asked is not None:
        become(asked)
