
"use strict";

// Reading needs none of this: it filters, moves from finding to finding, and brings notes level with their places.

const byId = (id) => document.getElementById(id);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const filled = (template, values) => template.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const tools = byId("tools");
const WORST_FIRST = ["error", "warning", "info"];

// The theme is the system's until it is switched.

const theme = byId("theme");
const systemDark = matchMedia("(prefers-color-scheme: dark)");

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : systemDark.matches;
}

function nameTheme() {
  theme.textContent = isDark() ? theme.dataset.light : theme.dataset.dark;
}

theme.addEventListener("click", () => {
  document.documentElement.dataset.theme = isDark() ? "light" : "dark";
  nameTheme();
});
systemDark.addEventListener("change", nameTheme);
nameTheme();
theme.hidden = false;

// A note, its number in the text and what it marks light up together.

let lit = [];

function light(element) {
  for (const mate of lit) mate.classList.remove("on");
  const found = element?.closest?.("[data-note], [data-notes]");
  const within = found?.closest(".chunk") ?? found?.closest("article");
  const notes = found ? (found.dataset.notes ?? found.dataset.note).split(" ") : [];
  lit = notes.flatMap((note) => all(`[data-notes~="${note}"], [data-note="${note}"]`, within));
  for (const mate of lit) mate.classList.add("on");
}

for (const event of ["pointerover", "focusin"]) document.addEventListener(event, ({ target }) => light(target));

document.addEventListener("click", ({ target }) => {
  const mark = target.closest("mark:not(.off)");
  const note = mark?.dataset.notes.split(" ").at(-1);
  if (note) all(`.note[data-note="${note}"]`, mark.closest("article"))[0].scrollIntoView({ block: "nearest" });
});

// From finding to finding, by buttons and keys. What is not in view has no layout, so chunks are asked first.

const references = all(".reference[id]");
let current = null;

const bar = () => tools.getBoundingClientRect().bottom;
const wanted = (reference) => !reference.hidden && !reference.closest("article").hidden;

function isBelow(reference) {
  const { top, bottom } = reference.closest(".chunk").getBoundingClientRect();
  if (bottom <= bar() || top >= innerHeight) return top >= innerHeight;
  return reference.getBoundingClientRect().bottom > bar();
}

function isInView(reference) {
  const { top, bottom } = reference.getBoundingClientRect();
  return bottom > bar() && top < innerHeight;
}

function step(by) {
  const found = references.filter(wanted);
  if (!found.length) return;
  let index = found.indexOf(current);
  if (index >= 0 && isInView(current)) index += by;
  else {
    index = found.findIndex(isBelow);
    if (index < 0) index = found.length;
    if (by < 0) index -= 1;
  }
  index = (index + found.length) % found.length;
  current = found[index];
  bringIntoView(current, "center");
  current.focus({ preventScroll: true });
  byId("position").textContent = filled(tools.dataset.position, { n: index + 1, all: found.length });
}

function follow({ target }) {
  const note = target.closest("[data-note]");
  const article = note?.closest("article");
  if (article) current = references.find((other) => other.dataset.note === note.dataset.note && article.contains(other));
}

const KEYS = { n: 1, j: 1, p: -1, k: -1 };

function press(event) {
  const busy = event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select, textarea");
  if (event.key in KEYS && !busy && byId("keys").checked) step(KEYS[event.key]);
}

// What is filtered out is hidden: its note, its number, its faults in the section tree, and what only it marks.

function filter() {
  const filters = byId("filters");
  const unwanted = new Set(all("input[name]:not(:checked)", filters).map((box) => box.value));
  const file = filters.querySelector("select")?.value ?? "";
  let shown = 0;
  let total = 0;
  for (const article of all("article")) {
    article.hidden = file !== "" && article.id !== file;
    const kept = new Map();
    for (const note of all(".note", article)) {
      const { note: number, severity, family, findings } = note.dataset;
      note.hidden = unwanted.has(severity) || unwanted.has(family);
      total += Number(findings);
      if (!note.hidden) kept.set(number, severity);
      if (!note.hidden && !article.hidden) shown += Number(findings);
    }
    for (const other of all(".reference, .faults li", article)) other.hidden = !kept.has(other.dataset.note);
    for (const mark of all("mark", article)) {
      const severities = mark.dataset.notes.split(" ").map((number) => kept.get(number));
      mark.className = WORST_FIRST.find((severity) => severities.includes(severity)) ?? "off";
    }
  }
  byId("shown").textContent = filled(tools.dataset.shown, { shown, all: total });
  alignInView();
}

// Notes stand level with what they are about as far as there is room, and hang over into the margin of the lines below
// where there is not, so that the text is not torn apart.

const LONGEST_HANG = 400;
const inView = new Set();

const wide = matchMedia("(min-width: 60.01rem)");
const sizeOf = ({ style }, name) => parseFloat(style.getPropertyValue(name)) || 0;

function resize({ style }, name, value) {
  const size = `${Math.round(value)}px`;
  if (style.getPropertyValue(name) !== size) style.setProperty(name, size);
}

function align(chunk) {
  if (!wide.matches) return;
  const groups = all(".group", chunk).map(measured);
  let carry = 0;
  for (const { list, notes, free } of groups) {
    const hang = list === groups.at(-1).list ? 0 : Math.min(Math.max(carry - free, 0), LONGEST_HANG);
    let room = Math.max(free - carry, 0);
    let done = carry;
    for (const { note, top, level } of notes) {
      const by = Math.min(Math.max(level - top - done, 0), room);
      room -= by;
      done += by;
      resize(note, "--shift", by);
    }
    resize(list, "--carry", carry);
    resize(list, "--hang", -hang);
    carry = hang;
  }
}

// Measured is what would be without what is set already: to take that away first would move the page.

function measured(group) {
  const [first, list, rest] = group.children;
  const heightOf = (element) => element.getBoundingClientRect().height;
  const from = group.getBoundingClientRect().top;
  const topOf = (element) => element.getBoundingClientRect().top - from;
  let set = sizeOf(list, "--carry");
  const notes = [...list.children].filter((note) => !note.hidden).map((note) => {
    set += sizeOf(note, "--shift");
    const reference = byId(note.querySelector(".back").hash.slice(1));
    return { note, top: topOf(note) - set, level: topOf(reference) };
  });
  return { list, notes, free: heightOf(first) + heightOf(rest) - heightOf(list) + set };
}

// What notes need above a place decides where it stands, so they are put in their places before it is gone to.

function bringIntoView(element, block) {
  const chunk = element.closest(".chunk");
  if (chunk) {
    chunk.closest("details").open = true;
    for (const near of [chunk.previousElementSibling, chunk, chunk.nextElementSibling]) if (near) align(near);
  }
  element.scrollIntoView({ block });
}

function arrive() {
  const target = byId(location.hash.slice(1));
  if (target) bringIntoView(target, "start");
}

function alignInView() {
  for (const chunk of inView) align(chunk);
}

const watcher = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (!isIntersecting) inView.delete(target);
    else if (!inView.has(target)) {
      inView.add(target);
      align(target);
    }
  }
}, { rootMargin: "50%" });

if (tools) {
  byId("next").addEventListener("click", () => step(1));
  byId("previous").addEventListener("click", () => step(-1));
  byId("filters").addEventListener("input", filter);
  document.addEventListener("focusin", follow);
  document.addEventListener("keydown", press);
  addEventListener("hashchange", arrive);
  tools.hidden = false;
  filter();
  for (const chunk of all(".chunk")) watcher.observe(chunk);
  new ResizeObserver(alignInView).observe(document.querySelector("main"));
  arrive();
}
