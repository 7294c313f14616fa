/* The trials of a search: their values in words, which one is chosen, what lies next to it. */
"use strict";

/** Everything about the trials of `data` that the charts share. */
function makePoints(data) {
  const { trials, axes } = data, count = trials.trial.length, goals = data.goals, first = trials.objectives[0];
  const rank = first.map((value, row) => row).filter((row) => first[row] !== null).sort((one, two) => first[two] - first[one] || one - two);
  const placed = new Int32Array(count).fill(-1);
  rank.forEach((row, place) => { placed[row] = place; });
  const worst = rank.length ? data.low ?? first[rank[rank.length - 1]] : 0, best = rank.length ? first[rank[0]] : 1;
  const plain = (value) => minus(String(+value.toPrecision(4)));
  const writers = { percent: write.percent, count: write.count, ratio: (value) => (Math.abs(value) < 1000 ? write.ratio(value) : write.short(value)) };
  const written = (kind) => (value) => known(value, writers[kind]);
  const points = {
    data, count, axes, goals, trials, rank, first, ascending: [...rank].reverse(), labels: data.labels, best: data.best, row: data.best, listeners: [], kept: new Uint8Array(count).fill(1), filters: [],
    /** Of an objective's value, its size as a reader knows it. */
    shown: (value, goal = 0) => (value === null ? null : value * goals[goal].sign),
    goalText: (value, goal = 0) => written(goals[goal].kind)(points.shown(value, goal)),
    metricText: (key, row) => written(data.labels[key][1])(trials.metrics[key][row]),
    share: (value) => (best > worst ? (value - worst) / (best - worst) : 0.5),
    value(axis, row) {
      const at = trials.at[axis][row], { values } = axes[axis];
      return values.length ? values[at] : at;
    },
    text(axis, row) {
      const value = points.value(axis, row);
      return typeof value === "number" ? minus(String(+value.toPrecision(6))) : String(value);
    },
    /** Where a value stands on its axis, 0 to 1. */
    along(axis, row) {
      const at = trials.at[axis][row], { values, low, high } = axes[axis];
      if (values.length) return values.length > 1 ? at / (values.length - 1) : 0.5;
      return high > low ? (at - low) / (high - low) : 0.5;
    },
    point: (row) => axes.map((axis, place) => `${axis.name} = ${points.text(place, row)}`).join(", "),
    place: (row) => placed[row],
    command: (row) => `newsbt run --from ${data.place} --trial ${trials.trial[row]}`,
    tip(row) {
      const lines = [["headline", `Trial ${trials.trial[row]}: ${goals[0].label} ${points.goalText(first[row])}`]];
      axes.forEach((axis, place) => lines.push(["", `${axis.name} = ${points.text(place, row)}`]));
      lines.push(["faint", "click to see its neighbours and its command"]);
      return lines;
    },
    pick(row) { points.row = row; points.listeners.forEach((tell) => tell()); },
    /** The next better (1) or worse (-1) trial; 0 is the best. */
    step(way) {
      if (!rank.length) return;
      const now = way === 0 || points.row === null ? 0 : placed[points.row] - way;
      points.pick(rank[Math.min(Math.max(now, 0), rank.length - 1)]);
    },
    neighbours,
    near(row) {
      const found = neighbours(row).rows.map((other) => first[other]).filter((value) => value !== null);
      return found.length ? found.reduce((sum, value) => sum + value, 0) / found.length : null;
    },
    plain,
  };
  const listed = axes.every((axis) => axis.values.length), key = (codes) => codes.join(",");
  const codes = (row) => axes.map((axis, place) => trials.at[place][row]);
  const byKey = new Map();
  if (listed) for (let row = 0; row < count; row += 1) byKey.set(key(codes(row)), row);
  let scaled = null;
  return points;

  /** Trials one step away along one axis (any other word); where there are none, the nearest ones. */
  function neighbours(row) {
    const found = [];
    if (listed) {
      const own = codes(row);
      axes.forEach((axis, place) => {
        const others = axis.ordered ? [own[place] - 1, own[place] + 1] : axis.values.map((value, at) => at).filter((at) => at !== own[place]);
        for (const other of others) {
          const at = byKey.get(key(own.map((code, where) => (where === place ? other : code))));
          if (at !== undefined) found.push(at);
        }
      });
    }
    return found.length ? { rows: found, nearest: false } : { rows: nearest(row), nearest: true };
  }

  /** Twice as many as numeric axes, by the distance of ranks, among trials with the same words. */
  function nearest(row) {
    const ordered = axes.map((axis, place) => place).filter((place) => axes[place].ordered);
    if (!ordered.length) return [];
    scaled ||= ordered.map((place) => {
      const sorted = trials.at[place].map((value, at) => at).sort((one, two) => trials.at[place][one] - trials.at[place][two]);
      const ranks = new Float64Array(count);
      sorted.forEach((at, where) => { ranks[at] = where && trials.at[place][at] === trials.at[place][sorted[where - 1]] ? ranks[sorted[where - 1]] : where / Math.max(1, count - 1); });
      return ranks;
    });
    const words = axes.map((axis, place) => place).filter((place) => !axes[place].ordered), away = [];
    for (let other = 0; other < count; other += 1) {
      if (other === row || words.some((place) => trials.at[place][other] !== trials.at[place][row])) continue;
      away.push([scaled.reduce((sum, ranks) => sum + (ranks[other] - ranks[row]) ** 2, 0), other]);
    }
    return away.sort((one, two) => one[0] - two[0] || one[1] - two[1]).slice(0, 2 * ordered.length).map(([, other]) => other);
  }
}

/** The panel of the chosen trial: its figures, its command, its neighbours. */
function drawPanel(points) {
  const host = byId("chosen"), { trials, axes, goals } = points;
  const draw = () => {
    const { row } = points;
    if (row === null) return host.replaceChildren(html("p", {}, "No trial has a result."));
    const parts = [], place = points.place(row);
    const head = html("div", { class: "chosen-head" });
    head.append(html("strong", {}, `Trial ${write.count(trials.trial[row])}`), html("span", { class: "sub" }, place < 0 ? "without a result" : `number ${write.count(place + 1)} of ${write.count(points.rank.length)} by result`));
    const buttons = html("span", { class: "steps" });
    for (const [text, name, way] of [["◀", "Next worse trial", -1], ["▶", "Next better trial", 1], ["Best", "Best trial", 0]]) {
      const button = buttons.appendChild(html("button", { type: "button", "aria-label": name }, text));
      button.addEventListener("click", () => { points.step(way); host.querySelector(`[aria-label="${name}"]`).focus(); });
    }
    head.append(buttons);
    parts.push(head);
    const list = html("dl", { class: "figures" });
    const tell = (name, value, strong = false) => { const item = list.appendChild(html("div")); item.append(html("dt", { dir: "auto" }, name), html("dd", strong ? { class: "strong", dir: "auto" } : { dir: "auto" }, value)); };
    goals.forEach((goal, at) => tell(goal.label, points.goalText(trials.objectives[at][row], at), true));
    axes.forEach((axis, at) => tell(axis.name, points.text(at, row)));
    for (const name of Object.keys(trials.metrics)) tell(points.labels[name][0], points.metricText(name, row));
    tell("Stability", known(trials.stability[row], write.ratio));
    parts.push(list);
    parts.push(html("p", { class: "sub small" }, "Run it, in the folder of the workspace:"));
    const line = html("div", { class: "command" }), command = points.command(row);
    line.appendChild(html("pre", { tabindex: "0", "aria-label": "Command" })).appendChild(html("code", { id: "command" }, command));
    if (navigator.clipboard) {
      const copy = line.appendChild(html("button", { type: "button" }, "Copy"));
      copy.addEventListener("click", () => navigator.clipboard.writeText(command).then(() => { copy.textContent = "Copied"; }, () => { copy.hidden = true; }));
    }
    parts.push(line, ...neighbourRows(points, row));
    host.replaceChildren(...parts);
  };
  points.listeners.push(draw);
  draw();
}

function neighbourRows(points, row) {
  const { rows, nearest } = points.neighbours(row), { trials, axes } = points, own = trials.objectives[0][row];
  const title = html("h3", {}, nearest ? "Nearest trials" : "Neighbours, one step away");
  if (!rows.length) return [title, html("p", { class: "sub" }, "None was tried.")];
  const near = points.near(row);
  const told = near === null || own === null ? "" : `On average ${points.goalText(near)}, against ${points.goalText(own)} of its own.`;
  const table = html("table", { id: "neighbours" });
  const head = table.appendChild(html("thead")).appendChild(html("tr"));
  for (const [name, kind] of [["Trial", ""], ["What differs", ""], [points.goals[0].label, "number"]]) head.appendChild(html("th", { scope: "col", class: kind }, name));
  const body = table.appendChild(html("tbody"));
  for (const other of rows) {
    const line = body.appendChild(html("tr")), cell = line.appendChild(html("td"));
    const button = cell.appendChild(html("button", { type: "button", class: "pick", "aria-label": `Choose trial ${trials.trial[other]}` }, String(trials.trial[other])));
    button.addEventListener("click", () => points.pick(other));
    const differs = axes.map((axis, at) => [axis, at]).filter(([, at]) => trials.at[at][other] !== trials.at[at][row]);
    line.appendChild(html("td", { dir: "auto" }, differs.map(([axis, at]) => `${axis.name} = ${points.text(at, other)}`).join(", ")));
    line.appendChild(html("td", { class: "number" }, points.goalText(trials.objectives[0][other])));
  }
  return [title, html("p", { class: "sub small" }, told), table];
}
