/* The buttons of the period and of light and dark. */
"use strict";
function wireSpan() {
  const told = byId("span-told");
  const tell = ([first, last]) => { told.textContent = `${write.day(first)} to ${write.day(last)}`; };
  span.listeners.push(tell);
  tell(span.now);
  const acts = {
    all: () => span.reset(), in: () => span.zoom(0.6), out: () => span.zoom(1.6), back: () => span.pan(-0.4), on: () => span.pan(0.4),
  };
  document.querySelectorAll("[data-span]").forEach((button) => button.addEventListener("click", () => {
    const name = button.dataset.span;
    if (acts[name]) acts[name](); else { const last = span.now[1]; span.set(last - Number(name) * 30.4 * DAY, last); }
  }));
}

function wireTheme() {
  const button = byId("theme");
  button.addEventListener("click", () => {
    const root = document.documentElement, dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
  });
}
