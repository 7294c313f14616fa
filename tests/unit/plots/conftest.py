"""The made-up runs, importable by name and as fixtures."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import runs_for_plots


@pytest.fixture(params=list(runs_for_plots.ALL), scope="session")
def any_run(request):
    return runs_for_plots.ALL[request.param]()


@pytest.fixture(scope="session")
def usual_run():
    return runs_for_plots.usual()
