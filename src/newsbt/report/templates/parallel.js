/* All parameters of a search at once, a line a trial; dragging along an axis keeps a range of it. */
"use strict";
function drawParallel(points) {
  const { axes, goals, rank, first, ascending } = points;
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
