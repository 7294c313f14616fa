"""The table of metrics as Markdown, for ``docs/metrics.md`` (pure)."""

from __future__ import annotations

from newsbt.metrics.table import METRICS

__all__ = ["metrics_markdown"]


def metrics_markdown() -> str:
    """One row a metric, in the order of :data:`newsbt.metrics.table.METRICS`."""
    rows = [("key", "label", "unit", "what it is", "null when")]
    rows += [(f"`{m.key}`", m.label, m.unit, m.description, m.undefined or "never") for m in METRICS]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]]) + "\n"
