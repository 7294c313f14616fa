/* Charts of many points: a canvas between two layers of SVG, with one chosen point for all of them. */
"use strict";

/** Colours of the page as they are now; asked for again after light and dark change. */
const palette = {
  kept: null,
  get() {
    if (!this.kept) {
      const style = getComputedStyle(document.documentElement), of = (name) => style.getPropertyValue(name).trim();
      const steps = [0, 1, 2, 3, 4].map((step) => of(`--s${step}`).match(/[0-9a-f]{2}/gi).map((part) => parseInt(part, 16)));
      this.kept = { steps, paper: of("--paper"), ink: of("--ink"), focus: of("--focus") };
    }
    return this.kept;
  },
  /** `share` from 0 (worst) to 1 (best). */
  colour(share) {
    const { steps } = this.get(), at = Math.min(Math.max(share, 0), 1) * 4, low = Math.min(3, Math.floor(at));
    const mixed = steps[low].map((part, channel) => Math.round(part + (steps[low + 1][channel] - part) * (at - low)));
    return `rgb(${mixed.join(",")})`;
  },
  /** Whether light text can be read on that colour. */
  deep(share) {
    const [red, green, blue] = this.colour(share).match(/\d+/g).map((part) => (part / 255) ** 2.2);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.2;
  },
};

/**
 * spec: height, label, draw(field) draws and fills field.dots {x, y, row, count}, place(row) is where a row stands or null,
 * near(field, x, y) finds a row in another way, drag(field, from, to) takes a drag, press(field, x, y) takes a click on nothing.
 * choice: {row, pick(row), tip(row), step(way), listeners}.
 */
class Field {
  constructor(host, spec, choice) {
    Object.assign(this, { host, spec, choice, dots: { x: [], y: [], row: [], count: 0 } });
    host.classList.add("field");
    host.style.height = `${spec.height}px`;
    this.under = svg(host, "svg", { class: "layer", "aria-hidden": "true" });
    this.canvas = host.appendChild(html("canvas", { class: "layer", "aria-hidden": "true" }));
    this.over = svg(host, "svg", {
      class: "layer chart", tabindex: "0", role: "img",
      "aria-label": `${spec.label}. Click a point to choose its trial; the left and right arrow keys go to the next worse and better one, Home to the best.`,
    });
    this.listen();
    choice.listeners.push(() => this.mark());
    Field.all.push(this);
    this.stale = true;
    new IntersectionObserver((seen) => {
      this.seen = seen[seen.length - 1].isIntersecting;
      if (this.seen && this.stale) this.draw();
    }, { rootMargin: "300px" }).observe(host);
    whenWider(host, () => this.draw());
  }

  /** Draw now where it is in sight or `always`, else when it comes into sight. */
  draw(always = false) {
    this.stale = !(this.seen || always);
    if (this.stale) return;
    const width = this.host.clientWidth, { height } = this.spec, ratio = devicePixelRatio || 1;
    if (!width) return;
    Object.assign(this, { width, height });
    Object.assign(this.canvas, { width: width * ratio, height: height * ratio });
    for (const layer of [this.under, this.over]) {
      layer.setAttribute("viewBox", `0 0 ${width} ${height}`);
      layer.setAttribute("height", height);
      layer.replaceChildren();
    }
    this.pen = this.canvas.getContext("2d");
    this.pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.pen.clearRect(0, 0, width, height);
    this.spec.draw(this);
    this.mark();
  }

  /** Show which row is chosen. */
  mark() {
    this.over.replaceChildren();
    if (!this.width || this.choice.row === null) return;
    const place = this.spec.place(this, this.choice.row);
    if (place === null) return;
    if (place.path) svg(this.over, "path", { d: place.path, class: "chosen-line" });
    else if (place.width) svg(this.over, "rect", { ...place, class: "ring" });
    else svg(this.over, "circle", { cx: place.x, cy: place.y, r: 7, class: "ring" });
  }

  nearest(x, y) {
    if (this.spec.near) return this.spec.near(this, x, y);
    const { dots } = this;
    let found = null, least = 14 * 14;
    for (let at = dots.count - 1; at >= 0; at -= 1) {
      const distance = (dots.x[at] - x) ** 2 + (dots.y[at] - y) ** 2;
      if (distance < least) { found = dots.row[at]; least = distance; }
    }
    return found;
  }

  listen() {
    const { over, choice } = this;
    let from = null;
    const place = (event) => {
      const frame = over.getBoundingClientRect();
      return [event.clientX - frame.left, event.clientY - frame.top];
    };
    over.addEventListener("pointerdown", (event) => {
      from = place(event);
      if (this.spec.drag && event.pointerType === "mouse") over.setPointerCapture(event.pointerId);
    });
    over.addEventListener("pointermove", (event) => {
      const here = place(event);
      if (from && event.buttons && this.spec.drag && this.spec.drag(this, from, here, false)) return tip.hide();
      const row = this.nearest(...here);
      if (row === null) tip.hide(); else tip.show(choice.tip(row), event.clientX, event.clientY);
    });
    over.addEventListener("pointerup", (event) => {
      const here = place(event), start = from;
      from = null;
      if (!start) return;
      if (this.spec.drag && this.spec.drag(this, start, here, true)) return;
      if (Math.hypot(here[0] - start[0], here[1] - start[1]) > 6) return;
      const row = this.nearest(...here);
      if (row !== null) choice.pick(row); else if (this.spec.press) this.spec.press(this, ...here);
    });
    over.addEventListener("pointerleave", () => tip.hide());
    over.addEventListener("keydown", (event) => {
      const way = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, Home: 0 }[event.key];
      if (way === undefined) return;
      event.preventDefault();
      choice.step(way);
    });
  }
}
Field.all = [];
for (const moment of ["beforeprint", "afterprint"]) {
  addEventListener(moment, () => { palette.kept = null; Field.all.forEach((field) => field.draw(true)); });
}

/** Ticks and grid of a field with plain axes; labels are [place in pixels, text]. */
function fieldAxes(field, box, across, up) {
  for (const [y, text] of up) {
    svg(field.under, "line", { x1: box.left, x2: box.right, y1: y, y2: y, class: "grid" });
    svg(field.under, "text", { x: box.left - 7, y: y + 4, class: "tick end" }, text);
  }
  let free = -Infinity;
  for (const [x, text] of across) {
    const half = text.length * 3.4 + 5;
    if (x - half < free) continue;
    free = x + half;
    svg(field.under, "text", { x, y: box.bottom + 17, class: "tick middle" }, text);
  }
  svg(field.under, "line", { x1: box.left, x2: box.right, y1: box.bottom, y2: box.bottom, class: "axis" });
}
