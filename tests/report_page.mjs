// Opens reports in Chromium as someone who reads them, and prints what was seen as JSON.
// Given as JSON: { playwright, axe, chromium, pages: { one, several, level }, pictures: [{ file, picture, place }] }

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const given = JSON.parse(process.argv[2]);
const { chromium } = createRequire(`${given.playwright}/`)("playwright-core");
const axe = readFileSync(`${given.axe}/node_modules/axe-core/axe.min.js`, "utf-8");
const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 400, height: 900 };
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const WHOLE = ".chunk { content-visibility: visible !important } .tools { position: static !important }";

const browser = await chromium.launch({ executablePath: given.chromium, args: QUIET });
const seen = { requests: [], errors: [] };

async function opened(file, options, look) {
  const context = await browser.newContext({ viewport: WIDE, ...options });
  const page = await context.newPage();
  const address = pathToFileURL(file).href;
  page.on("request", (request) => { if (request.url() !== address) seen.requests.push(request.url()); });
  page.on("pageerror", (error) => seen.errors.push(error.message));
  page.on("console", (message) => { if (message.type() === "error") seen.errors.push(message.text()); });
  await page.goto(address);
  try {
    return await look(page);
  } finally {
    await context.close();
  }
}

const settled = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
const openAll = (page) => page.evaluate(() => { for (const part of document.querySelectorAll("details")) part.open = true; });

seen.landmarks = await opened(given.pages.several, {}, (page) => page.locator("body").ariaSnapshot());

seen.faults = [];
seen.overflow = [];
for (const file of [given.pages.one, given.pages.several]) {
  for (const colorScheme of ["light", "dark"]) {
    for (const viewport of [WIDE, NARROW]) {
      await opened(file, { viewport, colorScheme, bypassCSP: true }, async (page) => {
        await openAll(page);
        await page.addStyleTag({ content: WHOLE });
        await settled(page);
        await page.evaluate(axe);
        const { violations } = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), TAGS);
        for (const { id, nodes } of violations) seen.faults.push([file, colorScheme, viewport.width, id, nodes[0].html]);
        seen.overflow.push(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth));
      });
    }
  }
}

seen.filters = await opened(given.pages.several, {}, async (page) => {
  const state = () => page.evaluate(() => {
    const all = (selector) => [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility());
    return {
      severities: [...new Set(all(".note").map((note) => note.dataset.severity))].sort(),
      families: [...new Set(all(".note").map((note) => note.dataset.family))].sort(),
      findings: all(".note").reduce((sum, note) => sum + Number(note.dataset.findings), 0),
      references: [...new Set(all(".reference").map((reference) => reference.classList[1]))].sort(),
      marks: [...new Set(all("mark").map((mark) => mark.className))].sort(),
      articles: all("article").length,
      shown: document.getElementById("shown").textContent,
    };
  });
  const states = { all: await state() };
  await page.click(".filters summary");
  await page.uncheck('input[value="error"]');
  states.withoutErrors = await state();
  await page.check('input[value="error"]');
  for (const box of await page.locator('input[name="family"]:not([value="FN"])').all()) await box.uncheck();
  states.footnotes = await state();
  for (const box of await page.locator('input[name="family"]').all()) await box.check();
  await page.selectOption("select", { index: 3 });
  states.lastFile = await state();
  await page.selectOption("select", { index: 0 });
  states.again = await state();
  return states;
});

seen.keys = await opened(given.pages.one, {}, async (page) => {
  const press = async (key) => {
    await page.keyboard.press(key);
    await settled(page);
    return page.evaluate(() => {
      const { top, bottom } = document.activeElement.getBoundingClientRect();
      return { at: document.activeElement.id, inView: top > 0 && bottom < innerHeight };
    });
  };
  const steps = [];
  await page.keyboard.press("Tab");
  steps.push(await page.evaluate(() => document.activeElement.className));
  await page.keyboard.press("Enter");
  steps.push(await page.evaluate(() => document.activeElement.id));
  for (const key of ["n", "n", "j", "p", "k", "k", "n"]) steps.push(await press(key));
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  const lit = await page.evaluate(() => [...document.querySelectorAll(".on")].map((element) => element.tagName).sort());
  // the page goes to the place on its own some time after the key: what comes next waits for it
  await page.evaluate(() => { window.arrived = new Promise((done) => addEventListener("hashchange", () => done(location.hash), { once: true })); });
  await page.keyboard.press("Enter");
  const followed = await page.evaluate(() => window.arrived);
  await page.evaluate(() => document.getElementById("l1-60").scrollIntoView());
  await settled(page);
  const fromHere = await press("n");
  await page.click(".filters summary");
  await page.uncheck("#keys");
  const off = await press("n");
  return { steps, outline, lit, followed, fromHere, off };
});

seen.themes = await opened(given.pages.one, { colorScheme: "dark" }, async (page) => {
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const papers = [await paper()];
  for (let time = 0; time < 2; time += 1) {
    await page.click("#theme");
    papers.push(await paper());
  }
  return papers;
});

const boxes = (page, ...selectors) => page.evaluate((names) => names.map((name) => document.querySelector(name).getBoundingClientRect().toJSON()), selectors);
const beside = (page) => boxes(page, "#l1-1 .text", "#r1-1", "#n1-1");
seen.wide = await opened(given.pages.level, {}, async (page) => { await settled(page); await settled(page); return beside(page); });
seen.narrow = await opened(given.pages.level, { viewport: NARROW }, beside);
seen.margin = await opened(given.pages.one, {}, async (page) => {
  await page.evaluate(() => new Promise((done) => {
    addEventListener("hashchange", () => setTimeout(done, 200));
    location.hash = "l1-60";
  }));
  await settled(page);
  const [line, tools] = await boxes(page, "#l1-60", "#tools");
  await page.evaluate(() => scrollTo(0, 0));
  let overlaps = 0;
  let notes = 0;
  let furthest = 0;
  for (let bottom = false; !bottom;) {
    await settled(page);
    const found = await page.evaluate(() => {
      const shown = [...document.querySelectorAll(".note")].map((note) => [note, note.getBoundingClientRect()]).filter(([, { top, bottom }]) => bottom > 0 && top < innerHeight);
      const overlaps = shown.filter(([, { top }], index) => index > 0 && top < shown[index - 1][1].bottom - 0.5).length;
      const away = shown.map(([note, { top }]) => top - document.getElementById(note.id.replace("n", "r")).getBoundingClientRect().top);
      scrollBy(0, 600);
      return { overlaps, notes: shown.length, away, bottom: scrollY + innerHeight >= document.documentElement.scrollHeight - 1 };
    });
    overlaps += found.overlaps;
    notes += found.notes;
    furthest = Math.max(furthest, ...found.away);
    bottom = found.bottom;
  }
  return { landed: line.top - tools.bottom, overlaps, notes, furthest };
});
seen.policy = await opened(given.pages.one, {}, async (page) => {
  const before = [seen.errors.length, seen.requests.length];
  const refused = await page.evaluate(async () => {
    const directives = [];
    document.addEventListener("securitypolicyviolation", (event) => directives.push(event.effectiveDirective));
    const made = (name, values) => document.body.append(Object.assign(document.createElement(name), values));
    made("script", { textContent: "document.title = 'run'" });
    made("style", { textContent: "body { display: none }" });
    made("img", { src: "https://example.invalid/a.png" });
    await fetch("https://example.invalid/").catch(() => {});
    await new Promise((done) => setTimeout(done, 200));
    return [...directives.sort(), document.title !== "run"];
  });
  // what was tried here is no doing of the page
  [seen.errors.length, seen.requests.length] = before;
  return refused;
});
seen.unscripted = await opened(given.pages.one, { javaScriptEnabled: false }, async (page) => ({
  tools: await page.locator("#tools").isVisible(),
  note: await page.locator("#n1-1").isVisible(),
  mark: await page.locator("mark").first().isVisible(),
  followed: await page.locator("#r1-1").click().then(() => page.url().split("#")[1]),
}));

seen.print = await opened(given.pages.one, {}, async (page) => {
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  await page.emulateMedia({ media: "print" });
  return {
    pages: pdf.match(/\/Type\s*\/Page\b/g).length,
    size: pdf.match(/\/MediaBox\s*\[([^\]]*)\]/)[1].trim().split(/\s+/).map(Number),
    tools: await page.locator("#tools").isVisible(),
    changes: await page.locator(".changes").last().isVisible(),
    skipped: await page.evaluate(() => [...document.querySelectorAll(".chunk")].filter((chunk) => getComputedStyle(chunk).contentVisibility !== "visible").length),
    boxes: await boxes(page, ".group .text", ".group .notes"),
  };
});

seen.fonts = await opened(given.pages.one, {}, async (page) => {
  await page.evaluate(() => document.getElementById("l1-19").scrollIntoView());
  await settled(page);
  const session = await page.context().newCDPSession(page);
  await session.send("DOM.enable");
  await session.send("CSS.enable");
  const { root } = await session.send("DOM.getDocument");
  const { nodeId } = await session.send("DOM.querySelector", { nodeId: root.nodeId, selector: "#l1-19 .text" });
  const { fonts } = await session.send("CSS.getPlatformFontsForNode", { nodeId });
  return fonts.map((font) => font.familyName);
});

for (const { file, picture, place } of given.pictures) {
  await opened(file, { viewport: { width: 1160, height: 540 }, colorScheme: "light" }, async (page) => {
    await page.evaluate((id) => document.getElementById(id).scrollIntoView(), place);
    await settled(page);
    await settled(page);
    await page.screenshot({ path: picture });
  });
}

await browser.close();
console.log(JSON.stringify(seen));
