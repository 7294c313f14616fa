"""Worker processes see what the training window gives, not the workspace: purged news stays out there too."""

import pandas as pd

from newsbt.adapters.plugins import describe
from newsbt.adapters.scaffold import init_workspace
from newsbt.adapters.workspace import Workspace
from newsbt.api.fold_search import FoldSearch
from newsbt.api.walkforward import Windows
from newsbt.runs import RunSpec
from newsbt.tuning.axes import parse_axes
from newsbt.tuning.folds import parse_plan
from newsbt.tuning.objective import parse_objective
from newsbt.tuning.space import Space


def test_two_processes_find_the_same_trials_as_one(tmp_path):
    init_workspace(tmp_path / "mine")
    place = Workspace((tmp_path / "mine").resolve())
    known = {param.name: param for param in describe(place.strategy("drift")).params}
    space = Space(parse_axes(["hold=2,5,9,20"], known))
    spec = RunSpec("drift", symbols=("BABA",), params={"weight": 0.5})
    # Twenty sessions are purged: with the news of the workspace itself the trials would be others.
    windows = Windows(spec, place, space, parse_plan("train=4m,test=4m"))
    (fold,) = windows.folds
    given = windows.training(fold)
    assert given.purged > 0
    goal = parse_objective("total_return")
    one, two = (
        FoldSearch(place, space, goal, engine="backtrader", jobs=jobs)(fold, given) for jobs in (1, 2)
    )
    pd.testing.assert_frame_equal(one, two)
    unpurged = Windows(spec, place, space, parse_plan("train=4m,test=4m,purge=0")).training(fold)
    assert not one.equals(FoldSearch(place, space, goal, engine="backtrader")(fold, unpurged))
