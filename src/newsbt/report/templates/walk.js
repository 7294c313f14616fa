/* The walk-forward of a search's page: the stitched account, and each fold from training to test. */
"use strict";
function drawWalk(points, walk) {
  const { data, goals } = points;
  span.begin(walk.t[0], walk.t[walk.t.length - 1]);
  const money = (value) => `${write.money(value)} ${data.base}`, at = (moment) => walk.equity[Math.min(walk.t.length - 1, firstFrom(walk.t, moment))];
  const marks = walk.folds.map((fold, place) => ({
    t: Math.max(walk.start[place], walk.t[0]), v: at(walk.start[place]), shape: "down", gap: 14, kind: "fold",
    tip: () => [["headline", `Fold ${fold}: ${write.day(walk.start[place])} to ${write.day(walk.end[place])}`], ["", walk.points[place]],
      ["", `${goals[0].label}: ${points.goalText(walk.inside[place])} in training, ${points.goalText(walk.outside[place])} out of sample`], ["faint", `return ${known(walk.gain[place], write.signed)}`]],
  }));
  new TimeChart(byId("walk-equity"), { height: 280, label: `Out-of-sample equity in ${data.base}`, lines: [{ t: walk.t, v: walk.equity, name: "equity", kind: "own", written: money }], marks, written: write.short });
  new TimeChart(byId("walk-below"), { height: 130, label: "Drawdown in percent", lines: [{ t: walk.t, v: walk.below, name: "drawdown", kind: "own", fill: true, written: write.percent }], ceiling: 0, written: (value) => minus(`${+(value * 100).toFixed(2)} %`) });
  const host = byId("decay"), root = svg(host, "svg", { class: "chart", role: "img", "aria-label": `${goals[0].label} of each fold, in training and out of sample` });
  whenWider(host, () => {
    const width = host.clientWidth, height = 240, box = { left: 70, right: width - 14, top: 12, bottom: height - 30 };
    root.replaceChildren();
    root.setAttribute("viewBox", `0 0 ${width} ${height}`);
    root.setAttribute("height", height);
    const up = upwards(points, box, 0, [...walk.inside, ...walk.outside, 0]), step = (box.right - box.left) / walk.folds.length, field = { under: root };
    fieldAxes(field, box, walk.folds.map((fold, place) => [box.left + (place + 0.5) * step, `fold ${fold}`]), up.ticks);
    if (up.low < 0 && up.high > 0) svg(root, "line", { x1: box.left, x2: box.right, y1: up.y(0), y2: up.y(0), class: "axis" });
    walk.folds.forEach((fold, place) => {
      const x = box.left + (place + 0.5) * step, [inside, outside] = [walk.inside[place], walk.outside[place]].map((value) => up.y(points.shown(value)));
      if (inside !== null && outside !== null) svg(root, "line", { x1: x, x2: x, y1: inside, y2: outside, class: "dumbbell" });
      if (inside !== null) svg(svg(root, "circle", { cx: x, cy: inside, r: 5.5, class: "inside" }), "title", {}, `fold ${fold}, training: ${points.goalText(walk.inside[place])}`);
      if (outside !== null) svg(svg(root, "path", { d: `M${x} ${outside - 7}l7 7l-7 7l-7 -7z`, class: "outside" }), "title", {}, `fold ${fold}, out of sample: ${points.goalText(walk.outside[place])}`);
    });
  });
}
