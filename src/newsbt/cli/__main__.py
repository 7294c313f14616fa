"""``python -m newsbt.cli`` prints ``docs/commands.md``."""

import sys

from newsbt.cli.manual import commands_markdown

if __name__ == "__main__":
    sys.stdout.write(commands_markdown())
