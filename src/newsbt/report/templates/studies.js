/* The pictures of an event study and of a placebo test. */
"use strict";

/** Draw one study into `host`; of several groups one at a time, by choice. */
function drawStudy(host, study) {
  const bar = host.appendChild(html("div", { class: "bar" })), plot = html("div", { class: "plot" });
  const name = study.kind === "events" ? "Events" : "Worlds with", chooser = html("select", { "aria-label": name });
  study.groups.forEach((group, at) => { chooser.appendChild(html("option", {}, group.label)).value = at; });
  bar.append(html("span", { class: "sub" }, name), chooser, html("span", { class: "told" }));
  host.appendChild(plot);
  const root = svg(plot, "svg", { class: "chart", role: "img" });
  const draw = () => {
    const group = study.groups[+chooser.value], width = plot.clientWidth, height = 260;
    if (!width) return;
    root.replaceChildren();
    root.setAttribute("viewBox", `0 0 ${width} ${height}`);
    root.setAttribute("height", height);
    const box = { left: 70, right: width - 16, top: 14, bottom: height - 42 };
    (study.kind === "events" ? drawCurve : drawWorlds)(root, box, group, study, bar.lastChild);
  };
  chooser.addEventListener("change", draw);
  whenWider(plot, draw);
}

function studyAxes(root, box, across, up, label) {
  for (const [y, text] of up) {
    svg(root, "line", { x1: box.left, x2: box.right, y1: y, y2: y, class: "grid" });
    svg(root, "text", { x: box.left - 7, y: y + 4, class: "tick end" }, text);
  }
  for (const [x, text] of across) svg(root, "text", { x, y: box.bottom + 16, class: "tick middle" }, text);
  svg(root, "text", { x: (box.left + box.right) / 2, y: box.bottom + 36, class: "tick middle" }, label);
}

/** Mean abnormal return since the window began, with its band. */
function drawCurve(root, box, group, study, told) {
  const { session, mean } = group, some = [0, ...mean, ...group.low, ...group.high].filter((value) => value !== null);
  const low = Math.min(...some), high = Math.max(...some), room = (high - low) * 0.06 || 0.01;
  const x = (at) => box.left + ((at - session[0]) / (session[session.length - 1] - session[0] || 1)) * (box.right - box.left);
  const y = (value) => box.bottom - ((value - low + room) / (high - low + 2 * room)) * (box.bottom - box.top);
  studyAxes(root, box, session.map((at) => [x(at), minus(String(at))]).filter((item, at) => session.length < 24 || at % 5 === 0), niceTicks(low - room, high + room, 5).map((value) => [y(value), minus(`${+(value * 100).toFixed(2)} %`)]), "session; 0 is the first after the news");
  const ends = session.map((at, place) => [at, place]).filter(([, place]) => group.low[place] !== null && group.high[place] !== null);
  if (ends.length) svg(root, "path", { d: `M${ends.map(([at, place]) => `${x(at)} ${y(group.high[place])}`).join("L")}L${[...ends].reverse().map(([at, place]) => `${x(at)} ${y(group.low[place])}`).join("L")}Z`, class: "area own" });
  svg(root, "line", { x1: box.left, x2: box.right, y1: y(0), y2: y(0), class: "axis" });
  if (session[0] < 0) svg(root, "line", { x1: x(-0.5), x2: x(-0.5), y1: box.top, y2: box.bottom, class: "limit" });
  svg(root, "path", { d: session.map((at, place) => (mean[place] === null ? "" : `${place ? "L" : "M"}${x(at)} ${y(mean[place])}`)).join(""), class: "line own" });
  session.forEach((at, place) => {
    if (mean[place] === null) return;
    const dot = svg(root, "circle", { cx: x(at), cy: y(mean[place]), r: 4, class: "point c0" });
    svg(dot, "title", {}, `session ${minus(String(at))}: ${write.signed(mean[place])} (${known(group.low[place], write.signed)} to ${known(group.high[place], write.signed)})`);
  });
  told.textContent = `${write.count(group.events)} events on ${write.count(group.dates)} dates; mean abnormal return, %, with its 95 % band`;
  root.setAttribute("aria-label", `Mean abnormal return around the news, ${group.label}: ${known(mean[mean.length - 1], write.signed)} at the end`);
}

/** How the statistic is spread over the worlds, and where the run stands. */
function drawWorlds(root, box, group, study, told) {
  const { edges, counts } = group, most = Math.max(...counts), { value } = study;
  let low = edges[0], high = edges[edges.length - 1];
  if (value !== null) { low = Math.min(low, value); high = Math.max(high, value); }
  const x = (at) => box.left + ((at - low) / (high - low)) * (box.right - box.left), y = (many) => box.bottom - (many / most) * (box.bottom - box.top);
  const text = study.percent ? (at) => minus(`${+(at * 100).toFixed(2)} %`) : write.short;
  studyAxes(root, box, niceTicks(low, high, (box.right - box.left) / 80).map((at) => [x(at), text(at)]), niceTicks(0, most, 4).map((many) => [y(many), write.count(many)]), study.statistic);
  counts.forEach((many, place) => {
    const bar = svg(root, "rect", { x: x(edges[place]) + 0.5, width: Math.max(1, x(edges[place + 1]) - x(edges[place]) - 1), y: y(many), height: box.bottom - y(many), class: "bar-plain" });
    svg(bar, "title", {}, `${text(edges[place])} to ${text(edges[place + 1])}: ${many} worlds`);
  });
  svg(root, "line", { x1: box.left, x2: box.right, y1: box.bottom, y2: box.bottom, class: "axis" });
  if (value !== null) {
    svg(root, "line", { x1: x(value), x2: x(value), y1: box.top - 8, y2: box.bottom, class: "limit" });
    const right = x(value) > (box.left + box.right) / 2;
    svg(root, "text", { x: x(value) + (right ? -6 : 6), y: box.top, class: right ? "lane end" : "lane" }, `this run ${study.percent ? write.percent(value) : write.ratio(value)}`);
  }
  told.textContent = "number of worlds";
  root.setAttribute("aria-label", `${study.statistic} of the worlds, ${group.label}`);
}
