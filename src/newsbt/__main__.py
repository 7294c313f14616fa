"""``python -m newsbt``: the command line."""

from newsbt.cli.main import main

if __name__ == "__main__":
    main()
