/* The heat map of a search: the objective by two parameters. */
"use strict";
function drawHeat(points) {
  const { data, trials, axes } = points;
  const pair = byId("pair"), what = byId("heat-what");
  data.maps.forEach((map, at) => { const option = pair.appendChild(html("option", {}, `${axes[map.x].name} and ${axes[map.y].name}`)); option.value = at; });
  const now = () => data.maps[+pair.value];
  const roomy = (field) => field.width >= 500;
  const boxOf = (field) => ({ left: roomy(field) ? 116 : 92, right: field.width - 12, top: 8, bottom: field.height - 44 });
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
      map.ys.forEach((text, at) => { if (at % every === 0) svg(self.under, "text", { x: box.left - 7, y: box.bottom - (at + 0.5) * tall + 4, class: "tick end" }, short(text, roomy(self) ? 15 : 11)); });
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
