/* A table that sorts by its headings and filters by text and choice; a row can be picked. */
"use strict";

/**
 * spec: label, count, columns [{label, text (i), value (i), number, kind (i), wide}], choices [{label, of (i), first: what is chosen at the start}],
 * first {column, down}, canPick (i), pick (i): shows the row in the charts; optional keep (i): whether a row is there
 * at all, picker [text of the button, its name].
 */
class Table {
  constructor(host, spec) {
    Object.assign(this, { host, spec, shown: 50, column: spec.first.column, down: spec.first.down });
    const bar = host.appendChild(html("div", { class: "bar" }));
    this.search = bar.appendChild(html("input", { type: "search", placeholder: "Filter", "aria-label": `Filter ${spec.label} by text` }));
    this.search.addEventListener("input", () => this.refresh());
    this.choices = spec.choices.map((choice) => this.chooser(bar, choice));
    this.told = bar.appendChild(html("span", { class: "told", role: "status" }));
    const frame = host.appendChild(html("div", { class: "frame tall", tabindex: "0", role: "region", "aria-label": spec.label }));
    const table = frame.appendChild(html("table"));
    const head = table.appendChild(html("thead")).appendChild(html("tr"));
    head.appendChild(html("th")).appendChild(html("span", { class: "away" }, "chart"));
    this.heads = spec.columns.map((column, place) => this.heading(head, column, place));
    this.body = table.appendChild(html("tbody"));
    this.more = host.appendChild(html("button", { type: "button", class: "more" }));
    this.more.addEventListener("click", () => { this.shown += 200; this.fill(); });
    this.texts = new Array(spec.count);
    this.refresh();
    this.prepare();
  }

  /** Put the texts to filter by together while nothing else is to be done. */
  prepare() {
    if (!window.requestIdleCallback) return;
    let row = 0;
    const go = (idle) => {
      while (row < this.spec.count && idle.timeRemaining() > 2) { this.textOf(row); row += 1; }
      if (row < this.spec.count) requestIdleCallback(go);
    };
    requestIdleCallback(go);
  }

  chooser(bar, choice) {
    const select = bar.appendChild(html("select", { "aria-label": `${this.spec.label}: ${choice.label}` }));
    select.appendChild(html("option", { value: "" }, `any ${choice.label}`));
    const values = new Set();
    for (let row = 0; row < this.spec.count; row += 1) values.add(choice.of(row));
    [...values].filter((value) => value !== "").sort().forEach((value) => {
      const option = select.appendChild(html("option", {}, value));
      option.value = value;
    });
    if (values.has(choice.first)) select.value = choice.first;
    select.addEventListener("change", () => this.refresh());
    return select;
  }

  heading(head, column, place) {
    const cell = head.appendChild(html("th", { scope: "col", class: column.number ? "number" : "" }));
    const button = cell.appendChild(html("button", { type: "button" }, column.label));
    button.addEventListener("click", () => {
      this.down = this.column === place ? !this.down : Boolean(column.number);
      this.column = place;
      this.refresh();
    });
    return cell;
  }

  textOf(row) {
    return (this.texts[row] ||= this.spec.columns.map((column) => column.text(row)).join("\n").toLowerCase());
  }

  refresh() {
    const wanted = this.search.value.trim().toLowerCase(), rows = [];
    const chosen = this.choices.map((select) => select.value);
    for (let row = 0; row < this.spec.count; row += 1) {
      if (this.spec.keep && !this.spec.keep(row)) continue;
      if (chosen.some((value, place) => value !== "" && this.spec.choices[place].of(row) !== value)) continue;
      if (wanted && !this.textOf(row).includes(wanted)) continue;
      rows.push(row);
    }
    const value = this.spec.columns[this.column].value, way = this.down ? -1 : 1;
    const key = rows.map(value), order = rows.map((row, place) => place);
    const none = (item) => item === null || item === undefined || item === "";
    order.sort((one, two) => {
      const [first, second] = [key[one], key[two]];
      if (none(first) || none(second)) return none(first) - none(second) || one - two;
      return (first < second ? -way : first > second ? way : 0) || one - two;
    });
    this.rows = order.map((place) => rows[place]);
    this.heads.forEach((cell, place) => {
      if (place === this.column) cell.setAttribute("aria-sort", this.down ? "descending" : "ascending");
      else cell.removeAttribute("aria-sort");
    });
    this.shown = 50;
    this.fill();
  }

  fill() {
    this.body.replaceChildren(...this.rows.slice(0, this.shown).map((row) => this.line(row)));
    const left = this.rows.length - this.shown;
    this.more.hidden = left <= 0;
    this.more.textContent = `Show ${Math.min(200, left)} more of ${write.count(left)}`;
    this.told.textContent = this.rows.length === this.spec.count ? `${write.count(this.spec.count)} rows` : `${write.count(this.rows.length)} of ${write.count(this.spec.count)} rows`;
  }

  line(row) {
    const line = html("tr"), picker = line.appendChild(html("td"));
    if (this.spec.canPick(row)) {
      const [text, name] = this.spec.picker || ["show", "Show in the charts:"], label = `${name} ${this.spec.columns[0].text(row)}, row ${row + 1}`;
      const button = picker.appendChild(html("button", { type: "button", class: "pick", "aria-label": `${text}: ${label}` }, text));
      button.addEventListener("click", () => this.spec.pick(row));
    }
    for (const column of this.spec.columns) {
      const kind = `${column.number ? "number" : column.wide ? "wide" : ""} ${column.kind ? column.kind(row) : ""}`.trim();
      const cell = line.appendChild(html("td", kind ? { class: kind, dir: "auto" } : { dir: "auto" }));
      if (column.wide) cell.appendChild(html("div", { class: "clamp", dir: "auto" }, column.text(row)));
      else cell.textContent = column.text(row);
    }
    return line;
  }
}
