/* Charts over one shared time span: lines, marks, lanes; zoomed together, read by pointer, touch and keyboard. */
"use strict";
const NS = "http://www.w3.org/2000/svg";
const byId = (id) => document.getElementById(id);

/** A long column as it was before it was packed: differences, or texts by position. */
function unpacked(value) {
  if (Array.isArray(value) || value === null || typeof value !== "object") return value;
  if (value.texts && value.at) return value.at.map((place) => value.texts[place]);
  if (value.d) {
    let sum = 0;
    return value.d.map((step) => { if (step === null) return null; sum += step; return sum * value.by / value.of; });
  }
  for (const name in value) value[name] = unpacked(value[name]);
  return value;
}

/** An HTML element; its text is set as text, whatever it holds. */
function html(tag, attributes = {}, text = null) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  if (text !== null) node.textContent = text;
  return node;
}

function svg(parent, tag, attributes, text = null) {
  const node = document.createElementNS(NS, tag);
  for (const name in attributes) node.setAttribute(name, attributes[name]);
  if (text !== null) node.textContent = text;
  parent.appendChild(node);
  return node;
}

/** Draw now, and again after the width of `host` has changed. */
function whenWider(host, draw) {
  let width = host.clientWidth;
  draw();
  new ResizeObserver(() => requestAnimationFrame(() => {
    if (host.clientWidth === width) return;
    width = host.clientWidth;
    draw();
  })).observe(host);
}

const grouped = (digits) => new Intl.NumberFormat("en-US", {
  minimumFractionDigits: digits, maximumFractionDigits: digits,
});
const whole = grouped(0), cents = grouped(2);
const minus = (text) => text.replace("-", "−");
const write = {
  count: (value) => minus(whole.format(value)),
  money: (value) => minus(cents.format(value)),
  ratio: (value) => minus(value.toFixed(2)),
  percent: (value) => minus((value * 100).toFixed(2)) + " %",
  signed: (value) => (value > 0 ? "+" : "") + minus((value * 100).toFixed(2)) + " %",
  short: (value) => {
    const size = Math.abs(value);
    if (size >= 1e9) return minus(+(value / 1e9).toPrecision(4) + "bn");
    if (size >= 1e6) return minus(+(value / 1e6).toPrecision(4) + "m");
    if (size >= 1e4) return minus(+(value / 1e3).toPrecision(4) + "k");
    return minus(String(+value.toPrecision(5)));
  },
  day: (at) => new Date(at).toISOString().slice(0, 10),
  minute: (at) => new Date(at).toISOString().slice(0, 16).replace("T", " ") + " UTC",
};
/** A moment on the clock of a place, as 2025-01-31 09:30. */
const clocks = {};
for (const [place, zone] of [["hong_kong", "Asia/Hong_Kong"], ["new_york", "America/New_York"]]) {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" });
  clocks[place] = (at) => (at === null || at === undefined ? "" : format.format(at));
}
const known = (value, how) => (value === null || value === undefined ? "n/a" : how(value));

/** First position of the ascending `values` that is not below `wanted`. */
function firstFrom(values, wanted) {
  let low = 0, high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < wanted) low = middle + 1; else high = middle;
  }
  return low;
}

function niceTicks(low, high, most) {
  const raw = (high - low) / Math.max(1, most), power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= raw * 0.999);
  const ticks = [];
  for (let place = Math.ceil(low / step - 1e-9); place * step <= high + step * 1e-9; place += 1) ticks.push((place || 0) * step);
  return ticks;
}

/** Ticks of a logarithmic scale: 1, 2 and 5 times powers of ten where they are enough, round steps where not. */
function logTicks(low, high, most) {
  const ticks = [];
  for (let power = Math.floor(Math.log10(low)); 10 ** power <= high; power += 1) {
    for (const factor of [1, 2, 5]) ticks.push(factor * 10 ** power);
  }
  const seen = ticks.filter((value) => value >= low && value <= high);
  return seen.length > 3 ? seen : niceTicks(low, high, most);
}

const DAY = 86400000, MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** Ticks of dates with their labels, about one every 90 pixels. */
function dateTicks(first, last, width) {
  const most = Math.max(2, width / 90), days = (last - first) / DAY, ticks = [];
  if (days / most > 20) {
    const months = days / 30.4 / most, step = [1, 2, 3, 6, 12, 24, 60, 120].find((size) => size >= months) || 120;
    const start = new Date(first);
    let month = start.getUTCFullYear() * 12 + start.getUTCMonth();
    month = Math.ceil(month / step) * step;
    for (; ; month += step) {
      const at = Date.UTC(Math.floor(month / 12), month % 12, 1);
      if (at > last) break;
      if (at < first) continue;
      const year = Math.floor(month / 12);
      ticks.push([at, step >= 12 ? String(year) : `${MONTHS[month % 12]} ${year}`]);
    }
    return ticks;
  }
  const step = [1, 2, 3, 7, 14].find((size) => size >= days / most) || 14;
  for (let day = Math.ceil(first / DAY / step) * step; day * DAY <= last; day += step) {
    const at = new Date(day * DAY);
    ticks.push([day * DAY, `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]}`]);
  }
  return ticks;
}

/** The span that all charts over time show. */
const span = {
  full: [0, 1], now: [0, 1], charts: [], listeners: [], pending: false,
  begin(first, last) {
    const margin = Math.max(DAY, (last - first) * 0.01);
    this.full = [first - margin, last + margin];
    this.now = [...this.full];
  },
  set(first, last) {
    const least = 5 * DAY, [low, high] = this.full;
    let width = Math.min(Math.max(last - first, least), high - low);
    let start = Math.min(Math.max((first + last - width) / 2, low), high - width);
    this.now = [start, start + width];
    this.redraw();
  },
  reset() { this.set(...this.full); },
  zoom(factor, around = null) {
    const [first, last] = this.now, centre = around === null ? (first + last) / 2 : around;
    this.set(centre - (centre - first) * factor, centre + (last - centre) * factor);
  },
  pan(share) {
    const [first, last] = this.now, move = (last - first) * share;
    const [low, high] = this.full, kept = Math.min(Math.max(move, low - first), high - last);
    this.set(first + kept, last + kept);
  },
  redraw() {
    if (this.pending) return;
    this.pending = true;
    requestAnimationFrame(() => {
      this.pending = false;
      this.charts.forEach((chart) => chart.draw());
      this.listeners.forEach((tell) => tell(this.now));
    });
  },
};

const tip = {
  box: null,
  show(lines, x, y) {
    this.box ||= document.body.appendChild(html("div", { class: "tip", role: "status" }));
    this.box.replaceChildren(...lines.map(([kind, text]) => html("div", { class: kind, dir: "auto" }, text)));
    this.box.hidden = false;
    const width = this.box.offsetWidth, height = this.box.offsetHeight, wide = document.documentElement.clientWidth;
    const left = x + 16 + width > wide ? x - width - 16 : x + 16;
    this.box.style.left = `${Math.max(4, Math.min(left, wide - width - 4)) + scrollX}px`;
    this.box.style.top = `${(y + 16 + height > innerHeight ? Math.max(4, y - height - 12) : y + 16) + scrollY}px`;
  },
  hide() { if (this.box) this.box.hidden = true; },
};

/**
 * A chart over time.
 * spec: height, label, lines [{t, v, name, kind, step, fill, written}], marks () => [{t, v, shape, kind, tip}],
 * segments [{t, v, kind}], written (axis), log (values above 0 on a logarithmic scale), floor/ceiling (values always in sight), lanes (names of rows).
 */
class TimeChart {
  constructor(host, spec) {
    this.host = host;
    this.spec = spec;
    this.cursor = null;
    this.root = svg(host, "svg", {
      class: "chart", tabindex: "0", role: "img", "aria-label": `${spec.label}. Arrow keys read values, n and p go from mark to mark, plus and minus zoom, 0 shows all.`,
    });
    this.listen();
    span.charts.push(this);
    whenWider(host, () => this.draw());
  }

  change(spec) { Object.assign(this.spec, spec); this.cursor = null; this.draw(); }

  draw() {
    const width = this.host.clientWidth, height = this.spec.height;
    if (!width) return;
    const left = 70, box = { left, right: width - 14, top: 8, bottom: height - 24 };
    Object.assign(this, { box, width });
    const [first, last] = span.now;
    this.x = (at) => box.left + ((at - first) / (last - first)) * (box.right - box.left);
    this.at = (x) => first + ((x - box.left) / (box.right - box.left)) * (last - first);
    this.root.replaceChildren();
    this.root.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.root.setAttribute("height", height);
    this.spec.lanes ? this.laneAxis() : this.valueAxis();
    for (const [at, label] of dateTicks(first, last, box.right - box.left)) {
      svg(this.root, "line", { x1: this.x(at), x2: this.x(at), y1: box.bottom, y2: box.bottom + 4, class: "axis" });
      const near = this.x(at) + 34 > width;
      svg(this.root, "text", { x: near ? width - 2 : this.x(at), y: box.bottom + 18, class: near ? "tick end" : "tick middle" }, label);
    }
    svg(this.root, "line", { x1: box.left, x2: box.right, y1: box.bottom, y2: box.bottom, class: "axis" });
    const clip = `clip-${span.charts.indexOf(this)}`;
    const hole = svg(svg(this.root, "defs", {}), "clipPath", { id: clip });
    svg(hole, "rect", { x: box.left, y: 0, width: box.right - box.left, height: box.bottom + 1 });
    this.plot = svg(this.root, "g", { "clip-path": `url(#${clip})` });
    (this.spec.lines || []).forEach((line) => this.drawLine(line));
    this.drawSegments();
    this.drawMarks();
    this.over = svg(this.root, "g", {});
  }

  valueAxis() {
    const { box } = this, [first, last] = span.now;
    let low = this.spec.floor ?? Infinity, high = this.spec.ceiling ?? -Infinity;
    const see = (value) => { if (value !== null) { low = Math.min(low, value); high = Math.max(high, value); } };
    for (const line of this.spec.lines || []) {
      const end = Math.min(line.t.length, firstFrom(line.t, last) + 1);
      for (let place = Math.max(0, firstFrom(line.t, first) - 1); place < end; place += 1) {
        see(line.v[place]);
        if (line.low) { see(line.low[place]); see(line.high[place]); }
      }
    }
    if (!(low <= high)) [low, high] = [0, 1];
    if (low === high) { low -= Math.abs(low) * 0.01 || 0.01; high += Math.abs(high) * 0.01 || 0.01; }
    const scale = this.spec.log ? Math.log : (value) => value, margin = (scale(high) - scale(low)) * 0.06;
    let [bottom, top] = [scale(low), scale(high)];
    if (low !== this.spec.floor) bottom -= margin;
    if (high !== this.spec.ceiling) top += margin;
    if ((this.spec.lines || []).some((line) => line.volume)) bottom -= (top - bottom) * 0.2;
    this.y = (value) => box.bottom - ((scale(value) - bottom) / (top - bottom)) * (box.bottom - box.top);
    const most = Math.max(4, (box.bottom - box.top) / 42);
    for (const value of this.spec.log ? logTicks(Math.exp(bottom), Math.exp(top), most) : niceTicks(bottom, top, most)) {
      svg(this.root, "line", { x1: box.left, x2: box.right, y1: this.y(value), y2: this.y(value), class: "grid" });
      svg(this.root, "text", { x: box.left - 7, y: this.y(value) + 4, class: "tick end" }, this.spec.written(value));
    }
  }

  laneAxis() {
    const { box } = this, lanes = this.spec.lanes, tall = (box.bottom - box.top) / lanes.length;
    this.tall = tall;
    this.y = (lane) => box.top + (lane + 0.5) * tall;
    lanes.forEach((lane, place) => {
      const title = lane.title, y = this.y(place);
      if (!title) svg(this.root, "line", { x1: box.left, x2: box.right, y1: y, y2: y, class: "grid" });
      svg(this.root, "text", { x: title ? 2 : box.left - 7, y: y + 4, class: title ? "lane" : "tick end" }, title || lane.name);
    });
  }

  drawLine(line) {
    const [first, last] = span.now, start = Math.max(0, firstFrom(line.t, first) - 1);
    const end = Math.min(line.t.length, firstFrom(line.t, last) + 1), parts = [];
    const skip = Math.max(1, Math.floor((end - start) / (4 * (this.box.right - this.box.left))));
    if (line.volume) this.drawVolume(line, start, end);
    let open = false, before = null, from = null;
    for (let place = start; place < end; place += skip) {
      const value = line.v[place];
      if (value === null) { open = false; continue; }
      const x = this.x(line.t[place]).toFixed(1), y = this.y(value).toFixed(1);
      if (open && line.step) parts.push(`H${x}V${y}`); else parts.push(`${open ? "L" : "M"}${x} ${y}`);
      if (from === null) from = x;
      open = true;
      before = x;
    }
    const path = parts.join("");
    if (line.fill && before !== null) {
      svg(this.plot, "path", { d: `${path}L${before} ${this.y(0)}L${from} ${this.y(0)}Z`, class: `area ${line.kind}` });
    }
    svg(this.plot, "path", { d: path, class: `line ${line.kind}` });
    if (line.open && (end - start) * 6 < this.box.right - this.box.left) this.drawBars(line, start, end);
  }

  /** Bars of what was traded, on a scale of their own from the axis up. */
  drawVolume(line, start, end) {
    const half = Math.max(0.4, Math.min(5, (this.box.right - this.box.left) / Math.max(1, end - start) * 0.3)), tall = (this.box.bottom - this.box.top) * 0.15;
    let most = 0, path = "";
    for (let place = start; place < end; place += 1) most = Math.max(most, line.volume[place]);
    for (let place = start; place < end && most; place += 1) {
      path += `M${(this.x(line.t[place]) - half).toFixed(1)} ${this.box.bottom}h${(2 * half).toFixed(1)}v${(-tall * line.volume[place] / most).toFixed(1)}h${(-2 * half).toFixed(1)}z`;
    }
    svg(this.plot, "path", { d: path, class: "volume" });
  }

  /** Bars of high, low, open and close where few enough are in sight: hollow up, full down. */
  drawBars(line, start, end) {
    const half = Math.min(5, (this.box.right - this.box.left) / Math.max(1, end - start) * 0.3), paths = { "candle up": [], "candle down": [] };
    for (let place = start; place < end; place += 1) {
      const [open, high, low, close] = [line.open, line.high, line.low, line.v].map((values) => values[place]);
      if (open === null || high === null || low === null || close === null) continue;
      const x = this.x(line.t[place]), [top, bottom] = [this.y(Math.max(open, close)), this.y(Math.min(open, close))];
      paths[close >= open ? "candle up" : "candle down"].push(`M${x.toFixed(1)} ${this.y(high).toFixed(1)}V${top.toFixed(1)}M${x.toFixed(1)} ${bottom.toFixed(1)}V${this.y(low).toFixed(1)}M${(x - half).toFixed(1)} ${top.toFixed(1)}h${(2 * half).toFixed(1)}V${Math.max(bottom, top + 0.5).toFixed(1)}h${(-2 * half).toFixed(1)}z`);
    }
    for (const kind in paths) svg(this.plot, "path", { d: paths[kind].join(""), class: kind });
  }

  drawSegments() {
    const [first, last] = span.now, paths = {};
    for (const item of this.spec.segments || []) {
      if (item.t[1] < first || item.t[0] > last) continue;
      const ends = item.t.map((at, end) => `${this.x(at).toFixed(1)} ${this.y(item.v[end]).toFixed(1)}`);
      (paths[item.kind] ||= []).push(`M${ends[0]}L${ends[1]}`);
    }
    for (const kind in paths) svg(this.plot, "path", { d: paths[kind].join(""), class: `segment ${kind}` });
  }

  drawMarks() {
    const [first, last] = span.now, paths = {};
    this.marks = [];
    for (const mark of this.spec.marks || []) {
      if (mark.t < first || mark.t > last || mark.v === null) continue;
      const x = this.x(mark.t), size = 6;
      let y = this.y(mark.v), path;
      if (mark.shape === "bar") {
        const tall = -mark.score * this.tall * 0.44;
        path = `M${(x - 1.75).toFixed(1)} ${y}v${tall.toFixed(1)}h3.5v${(-tall).toFixed(1)}z`;
        y += tall / 2;
      } else {
        const way = mark.shape === "up" ? 1 : -1;
        y += way * (mark.gap ?? 12);
        path = `M${x.toFixed(1)} ${(y - way * size).toFixed(1)}l${size} ${way * 1.8 * size}h${-2 * size}z`;
      }
      (paths[mark.kind] ||= []).push(path);
      this.marks.push({ x, y, mark });
    }
    for (const kind in paths) svg(this.plot, "path", { d: paths[kind].join(""), class: `mark ${kind}` });
  }

  listen() {
    const root = this.root;
    let from = null;
    const place = (event) => {
      const frame = root.getBoundingClientRect();
      return [event.clientX - frame.left, event.clientY - frame.top];
    };
    root.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "mouse" && event.button === 0) { from = place(event)[0]; root.setPointerCapture(event.pointerId); }
      else this.read(...place(event));
    });
    root.addEventListener("pointermove", (event) => {
      const [x, y] = place(event);
      if (from !== null && Math.abs(x - from) > 5) this.brush(from, x); else this.read(x, y);
    });
    root.addEventListener("pointerup", (event) => {
      const [x] = place(event), start = from;
      from = null;
      if (start === null || Math.abs(x - start) <= 5) return;
      tip.hide();
      span.set(this.at(Math.min(start, x)), this.at(Math.max(start, x)));
    });
    root.addEventListener("pointerleave", () => { from = null; this.leave(); });
    root.addEventListener("blur", () => this.leave());
    root.addEventListener("dblclick", () => span.reset());
    root.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.shiftKey) return;
      event.preventDefault();
      span.zoom((event.deltaY || event.deltaX) > 0 ? 1.25 : 0.8, this.at(place(event)[0]));
    }, { passive: false });
    root.addEventListener("keydown", (event) => this.key(event));
  }

  key(event) {
    const { key } = event;
    if (key === "ArrowLeft" || key === "ArrowRight") {
      const way = key === "ArrowLeft" ? -1 : 1;
      if (event.shiftKey) span.pan(way * 0.25); else this.step(way);
    } else if (key === "+" || key === "=") span.zoom(0.6);
    else if (key === "-") span.zoom(1.6);
    else if (key === "0" || key === "Home") span.reset();
    else if (key === "n" || key === "p") this.nextMark(key === "n" ? 1 : -1);
    else if (key === "Escape") this.leave();
    else return;
    event.preventDefault();
  }

  step(way) {
    const times = (this.spec.lines || [])[0]?.t;
    if (!times || !times.length) return this.nextMark(way);
    const last = times.length - 1, now = this.cursor === null ? firstFrom(times, this.at((this.box.left + this.box.right) / 2)) : firstFrom(times, this.cursor) + way;
    const at = times[Math.min(last, Math.max(0, now))];
    if (at < span.now[0] || at > span.now[1]) { span.pan(way * 0.5); this.draw(); }
    this.cursor = at;
    this.read(this.x(at), this.box.top + 20, false);
  }

  nextMark(way) {
    const marks = [...(this.spec.marks || [])].sort((one, two) => one.t - two.t);
    const seen = marks.indexOf(this.marked);
    const next = marks[this.marked === undefined || seen < 0 ? (way > 0 ? 0 : marks.length - 1) : Math.min(marks.length - 1, Math.max(0, seen + way))];
    if (!next) return;
    this.marked = next;
    if (next.t < span.now[0] || next.t > span.now[1]) {
      const half = (span.now[1] - span.now[0]) / 2;
      span.set(next.t - half, next.t + half);
      this.draw();
    }
    const found = this.marks.find((item) => item.mark === next);
    if (found) this.tell(found);
  }

  read(x, y, marks = true) {
    if (!this.box || x < this.box.left - 6 || x > this.box.right + 6) return this.leave();
    let near = null, least = 16 * 16;
    if (marks) {
      for (const item of this.marks) {
        const distance = (item.x - x) ** 2 + (item.y - y) ** 2;
        if (distance < least) { near = item; least = distance; }
      }
    }
    if (near) return this.tell(near);
    const times = (this.spec.lines || [])[0]?.t;
    if (!times || !times.length) return this.leave();
    const wanted = this.at(x);
    let place = Math.min(times.length - 1, firstFrom(times, wanted));
    if (place > 0 && wanted - times[place - 1] < times[place] - wanted) place -= 1;
    const at = times[place], lines = [["when", write.minute(at)]];
    this.cursor = at;
    for (const line of this.spec.lines) {
      const own = Math.min(line.t.length - 1, Math.max(0, firstFrom(line.t, at + 1) - 1));
      if (line.name && line.t[own] <= at) lines.push(["", `${line.name}: ${known(line.v[own], line.written)}`]);
      if (line.volume && line.t[own] <= at) lines.push(["faint", `${write.count(line.volume[own])} thousand shares`]);
    }
    this.point(this.x(at), this.y(this.spec.lines[0].v[place] ?? 0), lines);
  }

  tell(item) {
    this.marked = item.mark;
    this.point(item.x, item.y, item.mark.tip(), true);
  }

  point(x, y, lines, ring = false) {
    const { box } = this, frame = this.root.getBoundingClientRect();
    this.over.replaceChildren();
    svg(this.over, "line", { x1: x, x2: x, y1: box.top, y2: box.bottom, class: "cursor" });
    svg(this.over, "circle", { cx: x, cy: y, r: ring ? 9 : 3.5, class: ring ? "ring" : "dot" });
    tip.show(lines, frame.left + x, frame.top + Math.min(Math.max(y, 0), box.bottom));
  }

  brush(from, to) {
    const { box } = this, low = Math.max(box.left, Math.min(from, to)), high = Math.min(box.right, Math.max(from, to));
    this.over.replaceChildren();
    svg(this.over, "rect", { x: low, width: Math.max(0, high - low), y: box.top, height: box.bottom - box.top, class: "brush" });
    tip.show([["when", `${write.day(this.at(low))} to ${write.day(this.at(high))}`]], this.root.getBoundingClientRect().left + to, this.root.getBoundingClientRect().top + box.top);
  }

  leave() { if (this.over) this.over.replaceChildren(); tip.hide(); }
}
