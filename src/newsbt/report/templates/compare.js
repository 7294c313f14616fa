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
      for (const [run, place] of found) {
        const point = svg(root, "circle", { cx: x(run.risk), cy: y(run.gain), r: 6, class: `point ${kind(place)}` });
        svg(point, "title", {}, `${run.label}: return ${write.signed(run.gain)} a year, volatility ${write.percent(run.risk)}, Sharpe ratio ${known(run.sharpe, write.ratio)}`);
        const right = x(run.risk) > width * 0.7;
        svg(root, "text", { x: x(run.risk) + (right ? -10 : 10), y: y(run.gain) + 4, class: right ? "tick end" : "tick" }, run.label.length > 28 ? `${run.label.slice(0, 27)}…` : run.label);
      }
    });
  }
})();
