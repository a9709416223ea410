// Someone opens a text, reads what is found, fixes it, writes on, and renames a footnote.
import { readFileSync } from "node:fs";
import { scenario } from "./workbench.mjs";

await scenario(async (workbench, wishes) => {
  const { page } = workbench;
  const { footnote, percentage, repeated, written, renamed } = wishes;
  const onDisk = () => readFileSync(`${wishes.folder}/${wishes.file}`, "utf8");
  const seen = {};

  await workbench.open(wishes.file);
  await workbench.underlined(repeated, "warning");
  await workbench.picture("repeated");
  await workbench.underlined(percentage, "warning");
  await workbench.picture("percentage");
  await workbench.underlined(footnote, "error");
  workbench.tell("the footnote, the percentage and the repeated definition are underlined");

  await workbench.press("Control+Shift+m");
  await workbench.problems(wishes.findings);
  seen.problems = await workbench.shownProblems();
  await workbench.status("mdreview", ...wishes.counts);
  workbench.tell("the Problems panel counts all findings");

  await workbench.pointAt(await workbench.underlined(footnote, "error"));
  const hover = page.locator(".monaco-hover:visible");
  await hover.getByText(wishes.message).first().waitFor();
  await hover.getByText(wishes.why).first().waitFor();
  workbench.tell("the pointer shows the message and why");
  await workbench.picture("hover");

  await workbench.click(await workbench.underlined(footnote, "error"));
  await workbench.press("Control+.");
  const chosen = page.locator(".action-widget .monaco-list-row.focused");
  await chosen.filter({ hasText: wishes.remedy }).waitFor();
  await workbench.picture("quick-fix");
  await workbench.press("Enter");
  await workbench.underlined(footnote, "error", false);
  await workbench.save();
  seen.fixed = onDisk();
  workbench.tell("the list is footnotes and no footnote is underlined");
  await workbench.picture("fixed");

  await workbench.command(wishes.fixAll);
  await workbench.changed();
  await workbench.save();
  seen.allFixed = onDisk();
  workbench.tell("all that is safe is fixed");

  await workbench.goToEnd(written.line);
  await workbench.type(written.typed);
  await workbench.underlined(written, "warning");
  await workbench.save();
  seen.typed = onDisk();
  workbench.tell("what was typed is underlined");
  await workbench.picture("typed");

  await workbench.click(await workbench.underlined(renamed, "error", false));
  await workbench.press("F2");
  const input = page.locator(".rename-box input");
  await input.waitFor();
  seen.renaming = await input.inputValue();
  await input.fill(renamed.label);
  await workbench.picture("rename");
  await workbench.press("Enter");
  await workbench.changed();
  await workbench.save();
  seen.renamed = onDisk();
  workbench.tell("the footnote is renamed");
  return seen;
});
