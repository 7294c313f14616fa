/* Puts the charts and tables of a run's page together from its data. */
"use strict";
(() => {
  const data = JSON.parse(byId("data").textContent);
  for (const part of ["series", "rolling", "news", "stories", "trades", "signals"]) data[part] = unpacked(data[part]);
  data.times = data.times.map(unpacked);
  for (const item of data.listings) item.t = data.times[item.t];
  const { series, stories, news, trades, signals } = data;
  let price = null;
  const list = data.listings, base = data.base, money = (value) => `${write.money(value)} ${base}`;
  const allTimes = [...series.t, ...list.flatMap((item) => [item.t[0], item.t[item.t.length - 1]])].filter((at) => at !== null && at !== undefined);
  if (allTimes.length) {
    span.begin(series.t.length ? series.t[0] : Math.min(...allTimes), Math.max(...allTimes));
    drawAccount();
    drawRolling();
    drawTimeline();
    drawPrices();
    wireSpan();
  }
  drawDistribution("distribution", data.distribution, "day");
  drawDistribution("monthly", data.monthly, "month");
  data.studies.forEach((study, at) => { const host = byId(`study-${at}`); if (host) drawStudy(host, study); });
  tradesTable();
  signalsTable();
  wireTheme();
  document.documentElement.dataset.ready = "yes";

  function drawAccount() {
    const lines = [{ t: series.t, v: series.equity, name: series.label, kind: "own", written: money }];
    const falls = [{ t: series.t, v: series.below, name: series.label, kind: "own", fill: true, written: write.percent }];
    if (series.benchmark.length) {
      lines.push({ t: series.benchmark_t, v: series.benchmark, name: series.benchmark_label, kind: "other", written: money });
      falls.push({ t: series.benchmark_t, v: series.benchmark_below, name: series.benchmark_label, kind: "other", written: write.percent });
    }
    const worth = new TimeChart(byId("equity"), { height: 300, label: `Equity in ${base}`, lines, written: write.short });
    new TimeChart(byId("drawdown"), { height: 150, label: "Drawdown in percent", lines: falls, ceiling: 0, written: (value) => minus(`${+(value * 100).toFixed(2)} %`) });
    wireLog(worth);
    const exposed = [{ t: series.t, v: series.gross, name: "gross", kind: "own", fill: true, step: true, written: write.percent }];
    if (series.net.length) exposed.push({ t: series.t, v: series.net, name: "net", kind: "other", step: true, written: write.percent });
    new TimeChart(byId("exposure"), { height: 160, label: "Exposure in percent of equity", lines: exposed, floor: Math.min(0, ...series.net), written: (value) => minus(`${+(value * 100).toFixed(1)} %`) });
  }

  /** The button of the logarithmic scale; away where an account that was empty or in debt has no place on one. */
  function wireLog(chart) {
    const button = byId("log"), label = chart.spec.label;
    button.hidden = !chart.spec.lines.every((line) => line.v.every((value) => value > 0));
    button.addEventListener("click", () => {
      chart.change({ log: !chart.spec.log });
      button.setAttribute("aria-pressed", String(chart.spec.log));
      chart.root.setAttribute("aria-label", chart.spec.log ? `${label}, logarithmic scale` : label);
    });
  }

  function drawRolling() {
    const found = data.rolling;
    if (!found) return;
    const draw = (id, name, values, written) => {
      if (byId(id)) new TimeChart(byId(id), { height: 130, label: name, lines: [{ t: found.t, v: values, name, kind: "own", written }], written });
    };
    draw("rolling-sharpe", "Sharpe ratio a year", found.sharpe, write.ratio);
    draw("rolling-volatility", "Volatility a year", found.volatility, (value) => `${(value * 100).toFixed(1)} %`);
    if (found.beta.some((value) => value !== null)) draw("rolling-beta", "Beta", found.beta, write.ratio);
  }

  function newsTip(row) {
    const lines = [], item = list[news.listing[row]];
    for (const story of news.stories[row]) {
      lines.push(["headline", stories.headline[story] || stories.id[story]]);
      lines.push(["faint", `${stories.category[story]}; ${clocks.hong_kong(stories.t[story])} Hong Kong, ${clocks.new_york(stories.t[story])} New York`]);
    }
    lines.push(["", `${item.symbol}: score ${minus(news.score[row].toFixed(2))}, ${news.traded[row] ? "traded" : "not traded"}, first price ${write.minute(news.t[row])}`]);
    lines.push(["", `to the open ${known(news.gap[row], write.signed)}, that session ${known(news.day[row], write.signed)}, ten sessions ${known(news.ten[row], write.signed)}`]);
    return lines;
  }

  function newsKind(row) { return `${news.score[row] > 0 ? "good" : "bad"}${news.traded[row] ? "" : " hollow"}`; }

  function drawTimeline() {
    const lanes = [], place = new Map();
    for (const venue of ["New York", "Hong Kong"]) {
      const mine = list.map((item, at) => [item, at]).filter(([item]) => item.venue === venue);
      if (!mine.length) continue;
      lanes.push({ title: venue });
      mine.forEach(([item, at]) => { place.set(at, lanes.length); lanes.push({ name: item.symbol }); });
    }
    if (!lanes.length) return;
    const marks = news.t.map((t, row) => ({ t, v: place.get(news.listing[row]), score: news.score[row], shape: "bar", kind: newsKind(row), tip: () => newsTip(row) }));
    const end = series.t[series.t.length - 1], segments = [];
    trades.opened.forEach((t, row) => {
      if (trades.listing[row] < 0) return;
      const lane = place.get(trades.listing[row]);
      segments.push({ t: [t, trades.closed[row] ?? end], v: [lane, lane], kind: trades.long[row] ? "long" : "short" });
    });
    new TimeChart(byId("timeline"), { height: 32 + lanes.length * 26, label: "News and positions by listing", lanes, marks, segments });
  }

  /** A listing with its prices, taken apart when it is first shown. */
  function barsOf(at) {
    const item = list[at];
    for (const name of ["open", "high", "low", "close"]) item[name] = unpacked(item[name]);
    if (item.volume) item.volume = unpacked(item.volume);
    return item;
  }

  function priceSpec(at) {
    const item = barsOf(at), end = item.t[item.t.length - 1], marks = [], segments = [];
    const written = (value) => `${minus(String(+value.toPrecision(6)))} ${item.currency}`;
    news.t.forEach((t, row) => {
      if (news.listing[row] !== at) return;
      const up = news.score[row] > 0;
      marks.push({ t, v: news.level[row], shape: up ? "up" : "down", gap: 10, kind: newsKind(row), tip: () => newsTip(row) });
    });
    trades.opened.forEach((t, row) => {
      if (trades.listing[row] !== at) return;
      const closed = trades.closed[row], last = trades.exit[row] ?? item.close[item.close.length - 1];
      segments.push({ t: [t, closed ?? end], v: [trades.entry[row], last], kind: trades.long[row] ? "long" : "short" });
      const told = () => [
        ["headline", `${trades.long[row] ? "Long" : "Short"} ${write.count(trades.size[row])} ${item.symbol}: ${money(trades.pnl[row])}`],
        ["", `in ${write.minute(t)} at ${written(trades.entry[row])}`],
        ["", closed === null ? "still open" : `out ${write.minute(closed)} at ${written(trades.exit[row])}: ${trades.why[row]}`],
        ["faint", `${trades.held[row]} sessions, return ${known(trades.return[row], write.signed)}`],
      ];
      marks.push({ t, v: trades.entry[row], shape: trades.long[row] ? "up" : "down", gap: 0, kind: trades.long[row] ? "enter-long" : "enter-short", tip: told });
    });
    return {
      label: `Price of ${item.symbol} in ${item.currency}`, marks, segments, written: write.short,
      lines: [{ t: item.t, v: item.close, open: item.open, low: item.low, high: item.high, volume: item.volume, name: `${item.symbol} close`, kind: "ink", written }],
    };
  }

  function drawPrices() {
    const chooser = byId("listing");
    if (!chooser) return;
    list.forEach((item, at) => { if (item.t.length) { const option = chooser.appendChild(html("option", {}, `${item.symbol} (${item.currency})`)); option.value = at; } });
    byId("price-told").textContent = priceSpec(+chooser.value).label;
    price = new TimeChart(byId("price"), { height: 340, ...priceSpec(+chooser.value) });
    chooser.addEventListener("change", () => showListing(+chooser.value));
  }

  function showListing(at) {
    byId("listing").value = String(at);
    price.change(priceSpec(at));
    byId("price-told").textContent = price.spec.label;
    price.root.setAttribute("aria-label", price.spec.label);
  }

  /** Put `listing` between two moments into all charts. */
  function show(listing, first, last) {
    if (price && list[listing].t.length) showListing(listing);
    const margin = Math.max(15 * DAY, (last - first) * 0.6);
    span.set(first - margin, last + margin);
    const target = byId(price ? "price-section" : "account");
    target.scrollIntoView({ behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    (price ? price.root : target).focus({ preventScroll: true });
  }

  function drawDistribution(id, found, unit) {
    const host = byId(id);
    if (!found || !host) return;
    const root = svg(host, "svg", { class: "chart", role: "img", "aria-label": `Distribution of the returns of ${found.returns} ${unit}s in percent` });
    const draw = () => {
      const width = host.clientWidth, height = 220, box = { left: 40, right: width - 10, top: 10, bottom: height - 40 };
      root.replaceChildren();
      root.setAttribute("viewBox", `0 0 ${width} ${height}`);
      root.setAttribute("height", height);
      const { edges, counts } = found, low = edges[0], high = edges[edges.length - 1], most = Math.max(...counts);
      const x = (value) => box.left + ((value - low) / (high - low)) * (box.right - box.left);
      const y = (value) => box.bottom - (value / most) * (box.bottom - box.top);
      for (const value of niceTicks(0, most, 4).filter(Number.isInteger)) {
        svg(root, "line", { x1: box.left, x2: box.right, y1: y(value), y2: y(value), class: "grid" });
        svg(root, "text", { x: box.left - 6, y: y(value) + 4, class: "tick end" }, write.count(value));
      }
      counts.forEach((count, place) => {
        const bar = svg(root, "rect", { x: x(edges[place]) + 0.5, width: Math.max(1, x(edges[place + 1]) - x(edges[place]) - 1), y: y(count), height: box.bottom - y(count), class: edges[place] < -1e-12 ? "bar-bad" : "bar-good" });
        svg(bar, "title", {}, `${write.signed(edges[place])} to ${write.signed(edges[place + 1])}: ${count} ${unit}${count === 1 ? "" : "s"}`);
      });
      for (const value of niceTicks(low, high, (box.right - box.left) / 70)) svg(root, "text", { x: x(value), y: box.bottom + 16, class: "tick middle" }, minus(String(+(value * 100).toFixed(2))));
      svg(root, "text", { x: (box.left + box.right) / 2, y: height - 6, class: "tick middle" }, `return of a ${unit}, %`);
      if (found.at_risk !== null) {
        svg(root, "line", { x1: x(-found.at_risk), x2: x(-found.at_risk), y1: box.top, y2: box.bottom, class: "limit" });
        svg(root, "text", { x: x(-found.at_risk) - 5, y: box.top + 10, class: "tick end" }, `5 % worse than ${write.percent(-found.at_risk)}`);
      }
    };
    whenWider(host, draw);
  }

  function storyText(places) { return places.map((story) => stories.headline[story] || stories.id[story]).join(" | "); }

  function tradesTable() {
    const host = byId("trades-table");
    if (!host || !trades.opened.length) return;
    const tone = (values) => (row) => (values[row] > 0 ? "up" : values[row] < 0 ? "down" : "");
    const name = (row) => (trades.listing[row] < 0 ? "" : list[trades.listing[row]].symbol);
    const number = (label, values, how, kind = null) => ({ label, number: true, value: (row) => values[row], text: (row) => known(values[row], how), kind });
    const price6 = (value) => String(+value.toPrecision(6));
    new Table(host, {
      label: "trades", count: trades.opened.length, first: { column: 2, down: false },
      choices: [{ label: "listing", of: name }, { label: "side", of: (row) => (trades.long[row] ? "long" : "short") }, { label: "exit", of: (row) => trades.why[row] }],
      columns: [
        { label: "Listing", value: name, text: name },
        { label: "Side", value: (row) => trades.long[row], text: (row) => (trades.long[row] ? "long" : "short") },
        { label: "In, UTC", value: (row) => trades.opened[row], text: (row) => write.minute(trades.opened[row]).slice(0, 16) },
        { label: "Out, UTC", value: (row) => trades.closed[row], text: (row) => (trades.closed[row] === null ? "open" : write.minute(trades.closed[row]).slice(0, 16)) },
        number(`Profit, ${base}`, trades.pnl, write.money, tone(trades.pnl)),
        number("Return", trades.return, write.signed, tone(trades.return)),
        { label: "Exit", value: (row) => trades.why[row], text: (row) => trades.why[row] },
        { label: "News", wide: true, value: (row) => storyText(trades.stories[row]), text: (row) => storyText(trades.stories[row]) },
        number("Sessions", trades.held, write.count),
        number("Shares", trades.size, write.count),
        number("Price in", trades.entry, price6),
        number("Price out", trades.exit, price6),
        number("Worst", trades.mae || [], write.signed),
        number("Best", trades.mfe || [], write.signed),
        number(`Fees, ${base}`, trades.fees, write.money),
      ],
      canPick: (row) => trades.listing[row] >= 0,
      pick: (row) => show(trades.listing[row], trades.opened[row], trades.closed[row] ?? series.t[series.t.length - 1]),
    });
  }

  function signalsTable() {
    const host = byId("signals-table");
    if (!host || !signals.story.length) return;
    const of = (values) => (row) => values[signals.story[row]];
    new Table(host, {
      label: "signals", count: signals.story.length, first: { column: 3, down: true },
      choices: [{ label: "status", of: (row) => signals.status[row], first: "traded" }, { label: "listing", of: (row) => signals.symbol[row] }, { label: "category", of: of(stories.category) }],
      columns: [
        { label: "Listing", value: (row) => signals.symbol[row], text: (row) => signals.symbol[row] },
        { label: "Status", value: (row) => signals.status[row], text: (row) => signals.status[row] },
        { label: "Score", number: true, value: (row) => signals.score[row], text: (row) => known(signals.score[row], write.ratio), kind: (row) => (signals.score[row] > 0 ? "up" : signals.score[row] < 0 ? "down" : "") },
        { label: "Hong Kong time", value: of(stories.t), text: (row) => clocks.hong_kong(stories.t[signals.story[row]]) },
        { label: "New York time", value: of(stories.t), text: (row) => clocks.new_york(stories.t[signals.story[row]]) },
        { label: "Session", value: (row) => signals.session[row], text: (row) => signals.session[row] },
        { label: "Headline", wide: true, value: of(stories.headline), text: of(stories.headline) },
        { label: "Category", value: of(stories.category), text: of(stories.category) },
        { label: "Label", value: (row) => signals.hindsight[row], text: (row) => (signals.hindsight[row] === undefined ? "" : signals.hindsight[row] ? "hindsight" : "at the time") },
        { label: "Why", wide: true, value: (row) => signals.why[row], text: (row) => signals.why[row] },
      ],
      canPick: (row) => signals.listing[row] >= 0 && signals.t[row] !== null && signals.t[row] >= span.full[0] && signals.t[row] <= span.full[1],
      pick: (row) => show(signals.listing[row], signals.t[row], signals.t[row]),
    });
  }
})();
