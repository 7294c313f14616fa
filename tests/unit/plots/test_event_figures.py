"""Pictures of an event study: what they show and that nothing leaves the page."""

import numpy as np
import pandas as pd
import pytest

from newsbt.adapters.figures import figure_bytes
from newsbt.evidence.events.settings import WindowSettings
from newsbt.evidence.events.study import EventStudy, StudySettings
from newsbt.plots.events import caar_figure, event_figures, split_figure
from newsbt.plots.events_data import caar_lines, heat_data, split_bars


def make_study(events=30, entry="open"):
    rng = np.random.default_rng(1)
    sessions = range(-2, 4)
    table = pd.DataFrame(
        {
            "symbol": "BABA",
            "session": pd.date_range("2024-01-02", periods=events).date,
            "direction": [1, -1, 0] * (events // 3) + [1] * (events % 3),
            "cluster": np.arange(events) // 2,
        }
    )
    caar, split = [], []
    for grouping, group, size in (("all", "all", 30), ("direction", "up", 20), ("direction", "down", 4)):
        base = (grouping, group)
        for session in sessions:
            value = 0.001 * (session + 3)
            caar.append((*base, session, size, size, size < 10, 0.001, value, value - 0.01, value + 0.01))
        for part, value in zip(("untradable", "first-session", "drift"), (0.02, 0.002, -0.01), strict=True):
            split.append((*base, part, size, size, size < 10, value, value - 0.005, value + 0.005, value))
    head = ["grouping", "group"]
    size = ["events", "dates", "small"]
    return EventStudy(
        settings=StudySettings(windows=WindowSettings(before=2, after=3), entry=entry),
        events=table,
        abnormal=pd.DataFrame(0.02 * rng.standard_normal((events, 6)), columns=pd.Index(sessions)),
        dropped=pd.DataFrame(),
        caar=pd.DataFrame(caar, columns=[*head, "session", *size, "aar", "caar", "low", "high"]),
        split=pd.DataFrame(split, columns=[*head, "part", *size, "mean", "low", "high", "raw"]),
        tests=pd.DataFrame(),
        info={"benchmarks": {"XNYS": "KWEB"}},
    )


def test_the_line_starts_at_zero_and_passes_the_first_tradable_price():
    (line,) = caar_lines(make_study(), "all")
    assert line.sessions.tolist() == [-3, -2, -1, -0.5, 0, 1, 2, 3]
    assert line.caar[0] == 0.0
    # At the open: the value at the close of day 0 less the mean first session.
    assert line.caar[3] == pytest.approx(0.003 - 0.002)
    (by_close,) = caar_lines(make_study(entry="close"), "all")
    assert -0.5 not in by_close.sessions


def test_small_groups_are_left_out_of_lines_and_pale_in_bars():
    study = make_study()
    assert [line.label for line in caar_lines(study, "direction")] == ["up (20 events, 20 dates)"]
    bars = split_bars(study, ("direction",))
    assert bars.labels == ("all (30 / 30)", "up (20 / 20)", "down (4 / 4)")
    assert bars.small == (False, False, True)
    assert bars.mean[0] == pytest.approx([0.02, 0.002, -0.01])


def test_the_heat_map_shows_the_largest_in_order_of_time_and_signed():
    study = make_study()
    data = heat_data(study, most=5)
    assert len(data.labels) == 5
    assert list(data.labels) == sorted(data.labels)
    size = study.abnormal.loc[:, 0:].abs().sum(axis=1)
    rows = sorted(size.sort_values(ascending=False).index[:5])
    sign = study.events["direction"].replace(0, 1).to_numpy()
    assert vars(data)["values"] == pytest.approx((study.abnormal.to_numpy() * sign[:, None])[rows])


@pytest.mark.parametrize("entry", ["open", "close"])
def test_every_picture_can_be_saved_and_nothing_leaves_it(entry):
    figures = event_figures(make_study(60, entry))
    assert {"caar", "caar_direction", "split", "heatmap"} == set(figures)
    for name, figure in figures.items():
        assert figure_bytes(figure, "png")[:4] == b"\x89PNG"
        figure.draw_without_rendering()
        width = figure.bbox.width
        for text in figure.texts:
            assert text.get_window_extent().x1 <= width, (name, text.get_text())


def test_a_band_is_promised_only_where_one_is_drawn():
    study = make_study()
    assert "band: 95 %" in caar_figure(study).texts[2].get_text()
    study.caar.loc[study.caar["session"] == 3, ["low", "high"]] = np.nan
    assert "band" not in caar_figure(study).texts[2].get_text()


def test_a_group_that_is_drawn_alone_is_named():
    axes = caar_figure(make_study(), "direction").axes[0]
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["up (20 events, 20 dates)"]
    assert caar_figure(make_study()).axes[0].get_legend() is None


def test_pictures_say_the_numbers_behind_them():
    study = make_study()
    assert "30 events on 15 separate dates" in caar_figure(study).texts[1].get_text()
    assert "events / separate dates" in split_figure(study).texts[2].get_text()


def test_the_same_study_gives_the_same_bytes():
    study = make_study()
    assert figure_bytes(caar_figure(study), "svg") == figure_bytes(caar_figure(study), "svg")
