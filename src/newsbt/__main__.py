"""Where the command ``newsbt``, and ``python -m newsbt``, begin: Ctrl-C is quiet from the first import on."""

import sys

__all__ = ["main"]

INTERRUPTED = 130


def main() -> None:
    """Import the command line and run it; see :func:`newsbt.cli.main.main`."""
    try:
        from newsbt.cli.main import main as run
    except KeyboardInterrupt:
        # Nothing is imported that could say it in newsbt's own words.
        sys.stderr.write("newsbt: interrupted; nothing was begun\n")
        sys.exit(INTERRUPTED)
    run()


if __name__ == "__main__":
    main()
