/* Puts the charts, the table and the panel of a search's page together from its data. */
"use strict";
(() => {
  const data = JSON.parse(byId("data").textContent), points = makePoints(data), { trials, axes, goals, rank } = points;
  points.labels = data.labels;
  const first = trials.objectives[0], ascending = [...rank].reverse();
  const faded = (row) => (points.kept[row] ? 1 : 0.06);
  if (data.walk) drawWalk(data.walk);
  if (rank.length) {
    if (data.maps.length) drawHeat();
    drawParallel();
    drawSlices();
    drawStability();
    if (goals.length > 1) drawPareto();
    drawHistogram();
    drawTable();
  }
  if (byId("chosen")) drawPanel(points);
  drawScale();
  if (data.walk) wireSpan();
  wireTheme();
  const again = () => { palette.kept = null; Field.all.forEach((field) => field.draw()); drawScale(); points.listeners.forEach((tell) => tell()); };
  byId("theme").addEventListener("click", again);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  document.documentElement.dataset.ready = "yes";

  /** A point of every row that has one, the best on top. */
  function scatter(field, x, y, size = 3) {
    const { pen } = field, dots = field.dots = { x: [], y: [], row: [], count: 0 };
    for (const row of ascending) {
      const at = x(row), up = y(row);
      if (at === null || up === null || !Number.isFinite(at + up)) continue;
      pen.globalAlpha = faded(row) * (rank.length > 3000 ? 0.7 : 0.9);
      pen.fillStyle = palette.colour(points.share(first[row]));
      pen.beginPath();
      pen.arc(at, up, size, 0, 7);
      pen.fill();
      pen.lineWidth = 0.5;
      pen.strokeStyle = palette.get().ink;
      pen.globalAlpha *= 0.35;
      pen.stroke();
      if (!points.kept[row]) continue;
      dots.x.push(at); dots.y.push(up); dots.row.push(row); dots.count += 1;
    }
    pen.globalAlpha = 1;
  }

  function range(values) {
    let low = Infinity, high = -Infinity;
    for (const value of values) if (value !== null) { low = Math.min(low, value); high = Math.max(high, value); }
    if (!(low <= high)) [low, high] = [0, 1];
    const room = (high - low || Math.abs(high) || 1) * 0.06;
    return [low - room, high + room];
  }

  /** Axes of shown objectives upwards; where a value stands and the labels. */
  function upwards(box, goal = 0, values = trials.objectives[goal]) {
    const [low, high] = range(values.map((value) => points.shown(value, goal)));
    const y = (value) => (value === null ? null : box.bottom - ((value - low) / (high - low)) * (box.bottom - box.top));
    const text = goals[goal].kind === "percent" ? (value) => minus(`${+(value * 100).toFixed(2)} %`) : (value) => write.short(+value.toPrecision(6));
    return { y, low, high, ticks: niceTicks(low, high, (box.bottom - box.top) / 40).map((value) => [y(value), text(value)]), text };
  }

  function drawScale() {
    for (const host of document.querySelectorAll(".scale")) {
      host.replaceChildren(html("span", {}, points.goalText(data.low)), html("span", { class: "ramp" }), html("span", {}, rank.length ? points.goalText(first[rank[0]]) : ""));
      host.children[1].style.background = `linear-gradient(to right, ${[0, 0.25, 0.5, 0.75, 1].map((share) => palette.colour(share)).join(",")})`;
    }
  }

  function drawHeat() {
    const pair = byId("pair"), what = byId("heat-what");
    data.maps.forEach((map, at) => { const option = pair.appendChild(html("option", {}, `${axes[map.x].name} and ${axes[map.y].name}`)); option.value = at; });
    const now = () => data.maps[+pair.value];
    const boxOf = (field) => ({ left: 92, right: field.width - 12, top: 8, bottom: field.height - 44 });
    const cellOf = (field, x, y) => {
      const map = now(), box = boxOf(field), across = Math.floor((x - box.left) / (box.right - box.left) * map.xs.length), up = Math.floor((box.bottom - y) / (box.bottom - box.top) * map.ys.length);
      return across < 0 || up < 0 || across >= map.xs.length || up >= map.ys.length ? -1 : across * map.ys.length + up;
    };
    const cellOfRow = (map, row) => {
      const at = (axis, labels) => (axes[axis].values.length === labels.length ? trials.at[axis][row] : null);
      const [x, y] = [at(map.x, map.xs), at(map.y, map.ys)];
      return x === null || y === null ? map.row.indexOf(row) : x * map.ys.length + y;
    };
    const sized = (field, map, cell) => {
      const box = boxOf(field), wide = (box.right - box.left) / map.xs.length, tall = (box.bottom - box.top) / map.ys.length;
      return { x: box.left + Math.floor(cell / map.ys.length) * wide, y: box.bottom - (cell % map.ys.length + 1) * tall, width: wide, height: tall };
    };
    const field = new Field(byId("heat"), {
      height: 400, label: "Heat map of the objective by two parameters",
      draw(self) {
        const map = now(), box = boxOf(self), values = map[what.value], { pen } = self;
        values.forEach((value, cell) => {
          const place = sized(self, map, cell);
          if (value === null) { svg(self.under, "rect", { x: place.x + 1, y: place.y + 1, width: Math.max(1, place.width - 2), height: Math.max(1, place.height - 2), class: map.count[cell] ? "void" : "void none" }); return; }
          const share = points.share(value);
          pen.fillStyle = palette.colour(share);
          pen.fillRect(place.x + 0.5, place.y + 0.5, place.width - 1, place.height - 1);
          const text = points.goalText(value).replace(" %", "");
          if (place.width < text.length * 6.4 + 5 || place.height < 15) return;
          pen.fillStyle = palette.deep(share) ? "#ffffff" : "#101418";
          pen.font = "11.5px system-ui, sans-serif";
          pen.textAlign = "center";
          pen.textBaseline = "middle";
          pen.fillText(text, place.x + place.width / 2, place.y + place.height / 2);
        });
        const wide = (box.right - box.left) / map.xs.length, tall = (box.bottom - box.top) / map.ys.length, every = Math.ceil(16 / tall);
        const short = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
        fieldAxes(self, { ...box, right: box.left }, map.xs.map((text, at) => [box.left + (at + 0.5) * wide, short(text, 14)]), []);
        map.ys.forEach((text, at) => { if (at % every === 0) svg(self.under, "text", { x: box.left - 7, y: box.bottom - (at + 0.5) * tall + 4, class: "tick end" }, short(text, 11)); });
        svg(self.under, "text", { x: (box.left + box.right) / 2, y: self.height - 6, class: "lane middle" }, axes[map.x].name);
        svg(self.under, "text", { x: 12, y: (box.top + box.bottom) / 2, class: "lane middle", transform: `rotate(-90 12 ${(box.top + box.bottom) / 2})` }, axes[map.y].name);
      },
      place(self, row) { const map = now(), cell = cellOfRow(map, row); return cell < 0 ? null : sized(self, map, cell); },
      near(self, x, y) { const cell = cellOf(self, x, y); return cell < 0 || now().row[cell] < 0 ? null : now().row[cell]; },
    }, {
      ...points, get row() { return points.row; },
      tip(row) {
        const map = now(), cell = map.row.indexOf(row);
        if (cell < 0) return points.tip(row);
        return [["headline", `${axes[map.x].name} ${map.xs[Math.floor(cell / map.ys.length)]}, ${axes[map.y].name} ${map.ys[cell % map.ys.length]}`],
          ["", `${write.count(map.count[cell])} trials: median ${points.goalText(map.median[cell])}, best ${points.goalText(map.best[cell])}`],
          ["faint", `click to see the best of them, trial ${trials.trial[row]}`]];
      },
    });
    for (const select of [pair, what]) select.addEventListener("change", () => field.draw());
  }

  function drawParallel() {
    const lanes = [...axes.map((axis, at) => at), "goal"], [low, high] = range(first);
    const share = (lane, row) => (lane === "goal" ? (first[row] - low) / (high - low) : points.along(lane, row));
    const told = byId("parallel-told"), clear = byId("parallel-clear");
    const boxOf = (field) => ({ left: 46, right: field.width - 60, top: 40, bottom: field.height - 24 });
    const xOf = (box, at) => box.left + (at / (lanes.length - 1)) * (box.right - box.left);
    const tell = () => {
      let count = 0;
      for (let row = 0; row < points.count; row += 1) count += points.kept[row];
      clear.hidden = points.filters.length === 0;
      told.textContent = points.filters.length ? `${write.count(count)} of ${write.count(points.count)} trials` : "";
    };
    const refilter = () => {
      points.filters = points.filters.filter(Boolean);
      for (let row = 0; row < points.count; row += 1) {
        points.kept[row] = points.filters.every(({ lane, from, to }) => { const at = lane === "goal" && first[row] === null ? NaN : share(lane, row); return at >= from && at <= to; }) ? 1 : 0;
      }
      tell();
      Field.all.forEach((other) => other.draw());
      if (points.table) points.table.refresh();
    };
    clear.addEventListener("click", () => { points.filters = []; refilter(); });
    const lineOf = (field, row) => { const box = boxOf(field); return lanes.map((lane, at) => [xOf(box, at), box.bottom - share(lane, row) * (box.bottom - box.top)]); };
    new Field(byId("parallel"), {
      height: 380, label: "All parameters at once, a line a trial",
      draw(self) {
        const box = boxOf(self), { pen } = self;
        pen.lineWidth = rank.length > 2000 ? 0.7 : 1.1;
        for (const row of ascending) {
          const good = points.share(first[row]);
          pen.globalAlpha = points.kept[row] ? Math.max(0.1, Math.min(0.9, (rank.length > 2000 ? 0.12 : 0.3) + 0.7 * good ** 3)) : 0.03;
          pen.strokeStyle = palette.colour(good);
          pen.beginPath();
          lineOf(self, row).forEach(([x, y], at) => (at ? pen.lineTo(x, y) : pen.moveTo(x, y)));
          pen.stroke();
        }
        pen.globalAlpha = 1;
        lanes.forEach((lane, at) => {
          const x = xOf(box, at), name = lane === "goal" ? goals[0].label : axes[lane].name;
          svg(self.over, "line", { x1: x, x2: x, y1: box.top, y2: box.bottom, class: "pillar" });
          svg(self.under, "text", { x: at === lanes.length - 1 ? self.width - 4 : x, y: 14, class: `lane ${at === lanes.length - 1 ? "end" : at ? "middle" : ""}` }, name.length > 22 ? `${name.slice(0, 21)}…` : name);
          const ends = lane === "goal" ? [points.goalText(low), points.goalText(high)] : axes[lane].values.length ? [axes[lane].values[0], axes[lane].values[axes[lane].values.length - 1]].map((value) => (typeof value === "number" ? points.plain(value) : value)) : [points.plain(axes[lane].low), points.plain(axes[lane].high)];
          svg(self.under, "text", { x, y: box.top - 8, class: "tick middle" }, String(ends[1]).slice(0, 12));
          svg(self.under, "text", { x, y: box.bottom + 17, class: "tick middle" }, String(ends[0]).slice(0, 12));
        });
        this.brushes(self);
      },
      brushes(self) {
        const box = boxOf(self);
        self.canvas.dataset.filters = points.filters.length;
        for (const { lane, from, to } of points.filters) {
          const x = xOf(box, lanes.indexOf(lane));
          svg(self.under, "rect", { x: x - 8, width: 16, y: box.bottom - to * (box.bottom - box.top), height: (to - from) * (box.bottom - box.top), class: "brush" });
        }
      },
      place(self, row) { return first[row] === null ? null : { path: `M${lineOf(self, row).map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}` }; },
      near(self, x, y) {
        const box = boxOf(self), step = (box.right - box.left) / (lanes.length - 1), at = Math.min(lanes.length - 2, Math.max(0, Math.floor((x - box.left) / step))), part = (x - box.left) / step - at;
        let found = null, least = 7;
        for (const row of rank) {
          if (!points.kept[row]) continue;
          const tall = share(lanes[at], row) * (1 - part) + share(lanes[at + 1], row) * part, away = Math.abs(box.bottom - tall * (box.bottom - box.top) - y);
          if (away < least - 0.5) { least = away; found = row; }
        }
        return found;
      },
      drag(self, [x, y], [, end], done) {
        const box = boxOf(self), at = Math.round(((x - box.left) / (box.right - box.left)) * (lanes.length - 1));
        if (at < 0 || at >= lanes.length || Math.abs(xOf(box, at) - x) > 22 || Math.abs(end - y) < 8) return false;
        if (!done) return true;
        const part = (value) => Math.min(Math.max((box.bottom - value) / (box.bottom - box.top), 0), 1);
        points.filters = [...points.filters.filter((filter) => filter.lane !== lanes[at]), { lane: lanes[at], from: Math.min(part(y), part(end)) - 1e-9, to: Math.max(part(y), part(end)) + 1e-9 }];
        refilter();
        return true;
      },
    }, points);
  }

  function drawSlices() {
    axes.forEach((axis, place) => {
      const card = byId("slices").appendChild(html("div"));
      const share = axis.share === null ? "" : `, explains ${(axis.share * 100).toFixed(0)} % by itself`;
      card.appendChild(html("h3", {}, axis.name)).appendChild(html("span", { class: "sub small" }, share));
      const host = card.appendChild(html("div", { class: "plot" })), table = data.slices[place];
      const jitter = (row) => (((row * 2654435761) % 1000) / 1000 - 0.5);
      new Field(host, {
        height: 210, label: `Objective by ${axis.name}`,
        draw(self) {
          const box = self.box = { left: 58, right: self.width - 10, top: 8, bottom: self.height - 26 }, wide = box.right - box.left, { values } = axis;
          const room = values.length ? 0.5 / values.length : 0.02, scale = (share_) => box.left + (room + share_ * (1 - 2 * room)) * wide;
          const up = upwards(box), spread = values.length ? Math.min(9, wide * room * 0.7) : 0;
          const labels = values.length ? values.map((value, at) => [scale(values.length > 1 ? at / (values.length - 1) : 0.5), typeof value === "number" ? points.plain(value) : value.slice(0, 10)])
            : niceTicks(axis.low, axis.high, wide / 70).map((value) => [scale((value - axis.low) / (axis.high - axis.low)), points.plain(value)]);
          fieldAxes(self, box, labels, up.ticks);
          scatter(self, (row) => scale(points.along(place, row)) + jitter(row) * spread, (row) => up.y(points.shown(first[row])), rank.length > 2000 ? 1.6 : 2.4);
          const where = table.value.map((value) => scale(values.length ? Math.max(0, values.findIndex((other) => other === value || Math.abs(other - value) < 1e-9)) / Math.max(1, values.length - 1) : (value - axis.low) / (axis.high - axis.low || 1)));
          const line = table.median.map((value, at) => (value === null ? "" : `${at && table.median[at - 1] !== null && axis.ordered ? "L" : "M"}${where[at].toFixed(1)} ${up.y(points.shown(value)).toFixed(1)}${axis.ordered ? "" : "m-9 0h18"}`)).join("");
          this.line = line;
        },
        place(self, row) {
          const at = self.dots.row.indexOf(row);
          return at < 0 ? null : { x: self.dots.x[at], y: self.dots.y[at] };
        },
      }, points);
      const field = Field.all[Field.all.length - 1], mark = field.mark.bind(field);
      field.mark = () => { mark(); if (field.spec.line) field.over.insertBefore(svg(field.over, "path", { d: field.spec.line, class: "median" }), field.over.firstChild); };
      field.mark();
    });
  }

  function drawStability() {
    const host = byId("stability");
    if (!host) return;
    new Field(host, {
      height: 300, label: "Stability against objective",
      draw(self) {
        const box = { left: 70, right: self.width - 14, top: 10, bottom: self.height - 42 }, up = upwards(box), x = (value) => (value === null ? null : box.left + value * (box.right - box.left));
        fieldAxes(self, box, [0, 0.25, 0.5, 0.75, 1].map((value) => [x(value), String(value)]), up.ticks);
        svg(self.under, "text", { x: (box.left + box.right) / 2, y: self.height - 6, class: "tick middle" }, "stability: 1 where no neighbour is worse");
        scatter(self, (row) => x(trials.stability[row]), (row) => up.y(points.shown(first[row])));
      },
      place(self, row) { const at = self.dots.row.indexOf(row); return at < 0 ? null : { x: self.dots.x[at], y: self.dots.y[at] }; },
    }, points);
  }

  function drawPareto() {
    new Field(byId("pareto"), {
      height: 320, label: `${goals[0].label} against ${goals[1].label}`,
      draw(self) {
        const box = { left: 70, right: self.width - 14, top: 10, bottom: self.height - 42 }, up = upwards(box);
        const [low, high] = range(trials.objectives[1].map((value) => points.shown(value, 1))), x = (value) => (value === null ? null : box.left + ((value - low) / (high - low)) * (box.right - box.left));
        const text = goals[1].kind === "percent" ? (value) => minus(`${+(value * 100).toFixed(2)} %`) : (value) => write.short(+value.toPrecision(6));
        fieldAxes(self, box, niceTicks(low, high, self.width / 90).map((value) => [x(value), text(value)]), up.ticks);
        svg(self.under, "text", { x: (box.left + box.right) / 2, y: self.height - 6, class: "tick middle" }, goals[1].label);
        scatter(self, (row) => x(points.shown(trials.objectives[1][row], 1)), (row) => up.y(points.shown(first[row])));
        let most = -Infinity;
        const front = rank.filter((row) => { const value = trials.objectives[1][row]; if (value === null || value <= most) return false; most = value; return true; });
        svg(self.under, "path", { d: `M${front.map((row) => `${x(points.shown(trials.objectives[1][row], 1)).toFixed(1)} ${up.y(points.shown(first[row])).toFixed(1)}`).join("L")}`, class: "front" });
      },
      place(self, row) { const at = self.dots.row.indexOf(row); return at < 0 ? null : { x: self.dots.x[at], y: self.dots.y[at] }; },
    }, points);
  }

  function drawHistogram() {
    const found = data.histogram, host = byId("histogram");
    if (!found || !host) return;
    const sign = goals[0].sign, choice = points;
    new Field(host, {
      height: 220, label: "How often each result came",
      draw(self) {
        const box = { left: 58, right: self.width - 12, top: 22, bottom: self.height - 40 }, { edges, counts } = found, most = Math.max(...counts);
        let [low, high] = [edges[0], edges[edges.length - 1]];
        if (data.luck !== null) { low = Math.min(low, data.luck); high = Math.max(high, data.luck); }
        const x = this.x = (value) => box.left + (((value * sign) - Math.min(low * sign, high * sign)) / (high - low)) * (box.right - box.left), y = (value) => box.bottom - (value / most) * (box.bottom - box.top);
        this.box = box;
        const text = goals[0].kind === "percent" ? (value) => minus(`${+(value * 100).toFixed(2)} %`) : (value) => write.short(+value.toPrecision(6));
        fieldAxes(self, box, niceTicks(Math.min(low * sign, high * sign), Math.max(low * sign, high * sign), self.width / 90).map((value) => [x(value * sign), text(value)]), niceTicks(0, most, 4).map((value) => [y(value), write.count(value)]));
        counts.forEach((count, at) => {
          const ends = [x(edges[at]), x(edges[at + 1])].sort((one, two) => one - two);
          self.pen.fillStyle = palette.colour(points.share((edges[at] + edges[at + 1]) / 2));
          self.pen.fillRect(ends[0] + 0.5, y(count), Math.max(1, ends[1] - ends[0] - 1), box.bottom - y(count));
        });
        svg(self.under, "text", { x: (box.left + box.right) / 2, y: self.height - 5, class: "tick middle" }, goals[0].label);
        if (data.luck !== null) {
          self.pen.fillStyle = palette.get().ink;
          for (let dash = box.top - 6; dash < box.bottom; dash += 7) self.pen.fillRect(x(data.luck) - 0.75, dash, 1.5, 4);
          const right = x(data.luck) > self.width * 0.6;
          svg(self.under, "text", { x: x(data.luck) + (right ? -6 : 6), y: 12, class: right ? "tick end" : "tick" }, `best by luck alone ${points.goalText(data.luck)}`);
        }
      },
      place(self, row) { return first[row] === null ? null : { x: this.x(first[row]), y: this.box.bottom }; },
      near: () => null,
    }, choice);
  }

  function drawTable() {
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
  }

  /** Mean result of the neighbours, where every trial's can be had quickly. */
  function nearOf(row) {
    nearOf.kept ||= new Map();
    if (!nearOf.kept.has(row)) { const found = points.neighbours(row, true); nearOf.kept.set(row, found.nearest ? null : points.near(row)); }
    return nearOf.kept.get(row);
  }

  function drawWalk(walk) {
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
      const up = upwards(box, 0, [...walk.inside, ...walk.outside, 0]), step = (box.right - box.left) / walk.folds.length, field = { under: root };
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
})();
