/* Points of a search: slices, stability, trade-off, and how often each result came. */
"use strict";
function range(values) {
  let low = Infinity, high = -Infinity;
  for (const value of values) if (value !== null) { low = Math.min(low, value); high = Math.max(high, value); }
  if (!(low <= high)) [low, high] = [0, 1];
  const room = (high - low || Math.abs(high) || 1) * 0.06;
  return [low - room, high + room];
}

function upwards(points, box, goal = 0, values = points.trials.objectives[goal]) {
  const { goals } = points;
  const [low, high] = range(values.map((value) => points.shown(value, goal)));
  const y = (value) => (value === null ? null : box.bottom - ((value - low) / (high - low)) * (box.bottom - box.top));
  const text = goals[goal].kind === "percent" ? (value) => minus(`${+(value * 100).toFixed(2)} %`) : (value) => write.short(+value.toPrecision(6));
  return { y, low, high, ticks: niceTicks(low, high, (box.bottom - box.top) / 40).map((value) => [y(value), text(value)]), text };
}

function scatter(points, field, x, y, size = 3) {
  const { rank, first, ascending } = points;
  const { pen } = field, dots = field.dots = { x: [], y: [], row: [], count: 0 };
  for (const row of ascending) {
    const at = x(row), up = y(row);
    if (at === null || up === null || !Number.isFinite(at + up)) continue;
    pen.globalAlpha = (points.kept[row] ? 1 : 0.06) * (rank.length > 3000 ? 0.7 : 0.9);
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

function drawSlices(points) {
  const { data, axes, first, rank } = points;
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
        const up = upwards(points, box), spread = values.length ? Math.min(9, wide * room * 0.7) : 0;
        const labels = values.length ? values.map((value, at) => [scale(values.length > 1 ? at / (values.length - 1) : 0.5), typeof value === "number" ? points.plain(value) : value.slice(0, 10)])
          : niceTicks(axis.low, axis.high, wide / 70).map((value) => [scale((value - axis.low) / (axis.high - axis.low)), points.plain(value)]);
        fieldAxes(self, box, labels, up.ticks);
        scatter(points, self, (row) => scale(points.along(place, row)) + jitter(row) * spread, (row) => up.y(points.shown(first[row])), rank.length > 2000 ? 1.6 : 2.4);
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

function drawStability(points) {
  const { trials, first } = points;
  const host = byId("stability");
  if (!host) return;
  new Field(host, {
    height: 300, label: "Stability against objective",
    draw(self) {
      const box = { left: 70, right: self.width - 14, top: 10, bottom: self.height - 42 }, up = upwards(points, box), x = (value) => (value === null ? null : box.left + value * (box.right - box.left));
      fieldAxes(self, box, [0, 0.25, 0.5, 0.75, 1].map((value) => [x(value), String(value)]), up.ticks);
      svg(self.under, "text", { x: (box.left + box.right) / 2, y: self.height - 6, class: "tick middle" }, "stability: 1 where no neighbour is worse");
      scatter(points, self, (row) => x(trials.stability[row]), (row) => up.y(points.shown(first[row])));
    },
    place(self, row) { const at = self.dots.row.indexOf(row); return at < 0 ? null : { x: self.dots.x[at], y: self.dots.y[at] }; },
  }, points);
}

function drawPareto(points) {
  const { trials, goals, rank, first } = points;
  new Field(byId("pareto"), {
    height: 320, label: `${goals[0].label} against ${goals[1].label}`,
    draw(self) {
      const box = { left: 70, right: self.width - 14, top: 10, bottom: self.height - 42 }, up = upwards(points, box);
      const [low, high] = range(trials.objectives[1].map((value) => points.shown(value, 1))), x = (value) => (value === null ? null : box.left + ((value - low) / (high - low)) * (box.right - box.left));
      const text = goals[1].kind === "percent" ? (value) => minus(`${+(value * 100).toFixed(2)} %`) : (value) => write.short(+value.toPrecision(6));
      fieldAxes(self, box, niceTicks(low, high, self.width / 90).map((value) => [x(value), text(value)]), up.ticks);
      svg(self.under, "text", { x: (box.left + box.right) / 2, y: self.height - 6, class: "tick middle" }, goals[1].label);
      scatter(points, self, (row) => x(points.shown(trials.objectives[1][row], 1)), (row) => up.y(points.shown(first[row])));
      let most = -Infinity;
      const front = rank.filter((row) => { const value = trials.objectives[1][row]; if (value === null || value <= most) return false; most = value; return true; });
      svg(self.under, "path", { d: `M${front.map((row) => `${x(points.shown(trials.objectives[1][row], 1)).toFixed(1)} ${up.y(points.shown(first[row])).toFixed(1)}`).join("L")}`, class: "front" });
    },
    place(self, row) { const at = self.dots.row.indexOf(row); return at < 0 ? null : { x: self.dots.x[at], y: self.dots.y[at] }; },
  }, points);
}

function drawHistogram(points) {
  const { data, goals, first } = points;
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
