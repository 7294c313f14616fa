/* Puts the charts, the table and the panel of a search's page together from its data. */
"use strict";
(() => {
  const points = makePoints(JSON.parse(byId("data").textContent)), { data, rank } = points;
  if (data.walk) drawWalk(points, data.walk);
  if (rank.length) {
    if (data.maps.length) drawHeat(points);
    drawParallel(points);
    drawSlices(points);
    drawStability(points);
    if (points.goals.length > 1) drawPareto(points);
    drawHistogram(points);
    drawTable(points);
  }
  if (byId("chosen")) drawPanel(points);
  drawScale(points);
  if (data.walk) wireSpan();
  wireTheme();
  const again = () => { palette.kept = null; Field.all.forEach((field) => field.draw()); drawScale(points); points.listeners.forEach((tell) => tell()); };
  byId("theme").addEventListener("click", again);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  document.documentElement.dataset.ready = "yes";
})();

/** What the colours stand for. */
function drawScale(points) {
  const { data, rank, first } = points;
  for (const host of document.querySelectorAll(".scale")) {
    host.replaceChildren(html("span", {}, points.goalText(data.low)), html("span", { class: "ramp" }), html("span", {}, rank.length ? points.goalText(first[rank[0]]) : ""));
    host.children[1].style.background = `linear-gradient(to right, ${[0, 0.25, 0.5, 0.75, 1].map((share) => palette.colour(share)).join(",")})`;
  }
}

/** The table of all trials on the page. */
function drawTable(points) {
  const { data, trials, axes, goals } = points, near = new Map();
  const number = (label, value, text) => ({ label, number: true, value, text });
  points.table = new Table(byId("trials-table"), {
    label: "trials", count: points.count, first: { column: 1 + axes.length, down: goals[0].sign > 0 }, choices: [], keep: (row) => points.kept[row],
    picker: ["choose", "Choose trial"],
    columns: [
      number("Trial", (row) => trials.trial[row], (row) => String(trials.trial[row])),
      ...axes.map((axis, at) => ({ label: axis.name, number: axis.ordered, value: (row) => points.value(at, row), text: (row) => points.text(at, row) })),
      ...goals.map((goal, at) => number(goal.label, (row) => points.shown(trials.objectives[at][row], at), (row) => points.goalText(trials.objectives[at][row], at))),
      number("Neighbours", (row) => points.shown(nearOf(row)), (row) => points.goalText(nearOf(row))),
      number("Stability", (row) => trials.stability[row], (row) => known(trials.stability[row], write.ratio)),
      ...Object.keys(trials.metrics).map((key) => number(data.labels[key][0], (row) => trials.metrics[key][row], (row) => points.metricText(key, row))),
    ],
    canPick: () => true,
    pick: (row) => { points.pick(row); byId("chosen").scrollIntoView({ block: "nearest" }); },
  });

  function nearOf(row) {
    if (!near.has(row)) near.set(row, points.neighbours(row).nearest ? null : points.near(row));
    return near.get(row);
  }
}
