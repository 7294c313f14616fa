"""``python -m newsbt.metrics`` prints the generated part of ``docs/metrics.md``."""

import sys

from newsbt.metrics.markdown import metrics_markdown

if __name__ == "__main__":
    sys.stdout.write(metrics_markdown())
