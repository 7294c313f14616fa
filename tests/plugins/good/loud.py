"""A signal that leaves a file behind when it is imported: listing must not."""

import os
from pathlib import Path

from newsbt.scoring.model import SignalModel

Path(os.environ.get("NEWSBT_TEST_MARK", os.devnull)).write_text("imported", encoding="utf-8")


class Loud(SignalModel):
    """Says that it was imported."""

    params = {"half_life": 3, "cap": 1.0}
    bounds = {"cap": (0, 1, "largest score")}
