/* Puts the charts of a comparison together from its data. */
"use strict";
(() => {
  const { runs } = JSON.parse(byId("data").textContent);
  const kind = (place) => `c${place % 7} d${Math.floor(place / 7)}`, hidden = new Set();
  const lines = (values) => runs.map((run, place) => ({ t: run.t, v: run[values], name: run.label, kind: kind(place), written: write.percent })).filter((line, place) => !hidden.has(place));
  const percent = (value) => minus(`${+(value * 100).toFixed(2)} %`);
  const times = runs.flatMap((run) => [run.t[0], run.t[run.t.length - 1]]);
  span.begin(Math.min(...times), Math.max(...times));
  const growth = new TimeChart(byId("growth"), { height: 340, label: "Return since the start in percent", lines: lines("growth"), written: percent });
  const below = new TimeChart(byId("below"), { height: 180, label: "Drawdown in percent", lines: lines("below"), ceiling: 0, written: percent });
  runs.forEach((run, place) => {
    const label = byId("legend").appendChild(html("li")).appendChild(html("label"));
    const box = label.appendChild(html("input", { type: "checkbox" }));
    box.checked = true;
    svg(svg(label, "svg", { viewBox: "0 0 26 14", "aria-hidden": "true" }), "path", { d: "M0 7H26", class: `line ${kind(place)}` });
    label.appendChild(html("bdi", {}, run.label));
    box.addEventListener("change", () => {
      if (box.checked) hidden.delete(place); else hidden.add(place);
      growth.change({ lines: lines("growth") });
      below.change({ lines: lines("below") });
    });
  });
  wireSpan();
  wireTheme();
  drawRisk();
  document.documentElement.dataset.ready = "yes";

  function drawRisk() {
    const found = runs.map((run, place) => [run, place]).filter(([run]) => run.risk !== null && run.gain !== null), host = byId("risk");
    const root = svg(host, "svg", { class: "chart", role: "img", "aria-label": "Return a year against volatility a year, in percent" });
    whenWider(host, () => {
      const width = host.clientWidth, height = 300, box = { left: 70, right: width - 20, top: 12, bottom: height - 42 };
      root.replaceChildren();
      root.setAttribute("viewBox", `0 0 ${width} ${height}`);
      root.setAttribute("height", height);
      const high = Math.max(0.01, ...found.map(([run]) => run.risk)) * 1.15;
      let low = Math.min(0, ...found.map(([run]) => run.gain)), top = Math.max(0, ...found.map(([run]) => run.gain));
      [low, top] = [low - (top - low || 0.01) * 0.1, top + (top - low || 0.01) * 0.1];
      const x = (value) => box.left + (value / high) * (box.right - box.left), y = (value) => box.bottom - ((value - low) / (top - low)) * (box.bottom - box.top);
      for (const value of niceTicks(low, top, 6)) {
        svg(root, "line", { x1: box.left, x2: box.right, y1: y(value), y2: y(value), class: "grid" });
        svg(root, "text", { x: box.left - 7, y: y(value) + 4, class: "tick end" }, percent(value));
      }
      for (const value of niceTicks(0, high, width / 90)) svg(root, "text", { x: x(value), y: box.bottom + 18, class: "tick middle" }, percent(value));
      svg(root, "text", { x: (box.left + box.right) / 2, y: height - 4, class: "tick middle" }, "volatility a year; upwards the return a year");
      const taken = [], marks = ["M0 -6A6 6 0 1 0 0.01 -6Z", "M0 -7L7 0L0 7L-7 0Z", "M-5.5 -5.5H5.5V5.5H-5.5Z"];
      for (const [run, place] of found) {
        const at = [x(run.risk), y(run.gain)], shape = marks[Math.min(2, Math.floor(place / 7))];
        const point = svg(root, "path", { d: shape, transform: `translate(${at[0].toFixed(1)} ${at[1].toFixed(1)})`, class: `point ${kind(place)}` });
        svg(point, "title", {}, `${run.label}: return ${write.signed(run.gain)} a year, volatility ${write.percent(run.risk)}, Sharpe ratio ${known(run.sharpe, write.ratio)}`);
        taken.push([at[0] - 8, at[0] + 8, at[1] - 8, at[1] + 8]);
      }
      // A name goes to the right of its point or to the left, or nowhere where it would lie on another.
      for (const [run] of found) {
        const text = run.label.length > 28 ? `${run.label.slice(0, 27)}…` : run.label, wide = text.length * 6.6, [px, py] = [x(run.risk), y(run.gain)];
        const free = [[px + 10, px + 10 + wide, "tick"], [px - 10 - wide, px - 10, "tick end"]].find(([from, to]) => from >= box.left && to <= width && !taken.some(([left, right, top_, low_]) => from < right && to > left && py - 7 < low_ && py + 7 > top_));
        if (!free) continue;
        taken.push([free[0], free[1], py - 7, py + 7]);
        svg(root, "text", { x: free[2] === "tick" ? free[0] : free[1], y: py + 4, class: free[2] }, text);
      }
    });
  }
})();
