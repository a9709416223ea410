// One window of VS Code in a browser: what a person sees in it and does with it.
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { addEyes } from "./eyes.mjs";

const { chromium } = createRequire(`${process.env.PLAYWRIGHT}/`)("playwright-core");

const FIRST = 90_000;
const LATER = 60_000;
/** What appears is half seen through for so long. */
const FADING = 300;
// no looking for updates and hosts: the tests may have no network, and want none
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Runs one scenario on a fresh window. `work(workbench, wishes)` gives what was seen, which is written to seen.json;
 * where it throws, the last moment is kept as a picture and the process ends with status 1.
 */
export async function scenario(work) {
  const wishes = JSON.parse(process.argv[2]);
  mkdirSync(wishes.output, { recursive: true });
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, headless: true, args: QUIET });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(LATER);
  await page.addInitScript(addEyes);
  const nothing = { results: [{ extensions: [], resultMetadata: [] }] };
  await page.route("**/marketplace/**", (route) => route.fulfill({ json: nothing }));
  const workbench = new Workbench(page, wishes);
  try {
    const seen = await work(workbench, wishes);
    writeFileSync(`${wishes.output}/seen.json`, JSON.stringify(seen, null, 2));
  } catch (error) {
    console.error(error);
    console.error(await workbench.status().catch(() => "no status"));
    await workbench.picture("failed");
    process.exitCode = 1;
  }
  await browser.close();
}

class Workbench {
  constructor(page, wishes) {
    this.page = page;
    this.wishes = wishes;
    this.began = Date.now();
    this.pictures = 0;
  }

  /** Opens the folder, with a file in the editor if one is named. */
  async open(file) {
    const { folder, port } = this.wishes;
    const address = new URL(`http://127.0.0.1:${port}/`);
    address.searchParams.set("folder", folder);
    if (file !== undefined) {
      const uri = `vscode-remote://127.0.0.1:${port}${folder}/${file}`;
      address.searchParams.set("payload", JSON.stringify([["openFile", uri]]));
    }
    await this.page.goto(address.href);
    await this.page.locator(".monaco-workbench").waitFor({ timeout: FIRST });
    if (file !== undefined) {
      await this.lines.first().waitFor({ timeout: FIRST });
    }
  }

  /** Says what was reached, and when. */
  tell(what) {
    console.log(`${((Date.now() - this.began) / 1000).toFixed(1)} s  ${what}`);
  }

  async picture(name) {
    this.pictures += 1;
    await this.page.waitForTimeout(FADING);
    await this.page.screenshot({ path: `${this.wishes.output}/${this.pictures}-${name}.png` });
  }

  get lines() {
    return this.page.locator(".editor-instance .view-line");
  }

  /** What is typed is put in as one piece, so that nothing is completed or closed on the way. */
  async type(text) {
    await this.page.keyboard.insertText(text);
  }

  async press(...keys) {
    for (const key of keys) {
      await this.page.keyboard.press(key);
    }
  }

  /** Puts the cursor at the end of a line, counted from 1, and the focus into the editor. */
  async goToEnd(line) {
    await this.press("Control+g");
    const input = this.page.locator(".quick-input-widget input");
    await input.waitFor();
    await input.fill(`:${line}:100000`);
    await this.press("Enter");
    await this.page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  }

  /** Puts the cursor into the middle of a text on the screen, and the focus into the editor. */
  async click({ x, y, width, height }) {
    await this.page.mouse.click(x + width / 2, y + height / 2);
  }

  /** Moves the pointer into a text on the screen, from above. */
  async pointAt({ x, y, width, height }) {
    await this.page.mouse.move(x + width / 2, y - 2 * height);
    await this.page.mouse.move(x + width / 2, y + height / 2, { steps: 5 });
  }

  /** Runs a command by its title, as one does from the palette. */
  async command(title) {
    await this.press("F1");
    await this.page.locator(".quick-input-widget input").fill(`>${title}`);
    await this.page.locator(".quick-input-list .monaco-list-row.focused", { hasText: title }).waitFor();
    await this.press("Enter");
  }

  /** Shows a text in a line, and waits until it is underlined there, or no more; gives its box. */
  async underlined({ line, text }, severity, wanted = true) {
    await this.goToEnd(line);
    await this.page.waitForFunction(
      ([expected, name, ...place]) => {
        const { boxOf, isUnderlined } = globalThis.eyes;
        return boxOf(...place) !== null && isUnderlined(...place, name) === expected;
      },
      [wanted, severity, line, text],
      { timeout: FIRST },
    );
    return this.page.evaluate((place) => globalThis.eyes.boxOf(...place), [line, text]);
  }

  /** Waits until the Problems panel shows so many problems for its first file. */
  async problems(number) {
    const badge = this.page.locator(".markers-panel .monaco-count-badge").first();
    await badge.filter({ hasText: new RegExp(`^${number}$`) }).waitFor();
  }

  /** The problems that the panel shows without scrolling, as a screen reader reads them. */
  shownProblems() {
    return this.page
      .locator(".markers-panel .monaco-list-row")
      .evaluateAll((rows) => rows.map((row) => row.getAttribute("aria-label")));
  }

  /** Waits until the panel's tab counts so many problems in all files. */
  async allProblems(number) {
    const badge = this.page.locator(".panel .composite-bar .action-item", { hasText: "Problems" }).locator(".badge");
    await badge.filter({ hasText: new RegExp(`^\\s*${number}\\s*$`) }).waitFor();
  }

  /** Waits for the part of the window that shows a Markdown page with these words; gives all its words. */
  async frameWith(words) {
    const end = Date.now() + LATER;
    while (Date.now() < end) {
      for (const frame of this.page.frames()) {
        // a frame can be gone again by the time it is asked
        const text = await frame.evaluate(() => document.body?.innerText ?? "").catch(() => "");
        if (frame !== this.page.mainFrame() && text.includes(words)) {
          return text;
        }
      }
      await this.page.waitForTimeout(100);
    }
    throw new Error(`no page shows “${words}”`);
  }

  /** Waits for a message that holds these words; gives all its words. */
  async notification(words) {
    const message = this.page.locator(".notification-toast .notification-list-item-message", { hasText: words });
    await message.first().waitFor();
    return message.first().innerText();
  }

  /** Opens another file of the folder by its name. */
  async openFile(name) {
    await this.press("Control+p");
    await this.page.locator(".quick-input-widget input").fill(name);
    await this.page.locator(".quick-input-list .monaco-list-row.focused", { hasText: name }).waitFor();
    await this.press("Enter");
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
  }

  /** Goes back to a text beside which a page stands: with the mouse, since the page takes keys away. */
  async backTo(name) {
    await this.page.locator(`.tab[data-resource-name="${name}"]`).click();
  }

  /** What the status bar says of us, waited for until it says these words, if any; its icons are no words. */
  async status(...words) {
    const item = this.page.locator(".statusbar-item", { hasText: "mdreview" });
    if (words.length > 0) {
      await item.filter({ hasText: new RegExp(`^\\W*${words.join("\\W+")}\\W*$`) }).waitFor({ timeout: FIRST });
    }
    return (await item.locator("a").getAttribute("aria-label")) ?? "";
  }

  /** Waits until the text in the editor is another than on disk. */
  async changed() {
    await this.page.locator(".tab.active.dirty").waitFor();
  }

  /** Saves, and waits until VS Code has nothing left to save. */
  async save() {
    await this.press("Control+s");
    await this.page.locator(".tab.active:not(.dirty)").waitFor();
  }
}
