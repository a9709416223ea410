// Someone reads why something is a finding, looks at the terms of a text, and checks the whole folder.
import { scenario } from "./workbench.mjs";

await scenario(async (workbench, wishes) => {
  const { page } = workbench;
  const { titles } = wishes;
  const seen = {};

  await workbench.open(wishes.file);
  const finding = await workbench.underlined(wishes.finding, "error");
  await workbench.press("Control+Shift+m");
  await workbench.problems(wishes.findings);
  await workbench.pointAt(finding);
  const hover = page.locator(".monaco-hover:visible");
  await hover.getByText(wishes.why).first().waitFor();
  await workbench.picture("hover");

  await hover.locator("a.code-link").click();
  seen.fromCode = await workbench.frameWith(wishes.ruleName);
  workbench.tell("the code opens the rule's page");
  await workbench.picture("rule-page");
  await workbench.openFile(wishes.file);

  await workbench.click(await workbench.underlined(wishes.finding, "error"));
  await workbench.command(titles.openRulePage);
  seen.fromCommand = await workbench.frameWith(wishes.ruleName);
  workbench.tell("the command opens it too, for the finding at the cursor");
  await workbench.openFile(wishes.file);

  await workbench.click(await workbench.underlined(wishes.finding, "error"));
  await workbench.command(titles.openTermTable);
  seen.terms = await workbench.frameWith(wishes.term);
  workbench.tell("the term table stands beside the text");
  await workbench.picture("term-table");
  await workbench.backTo(wishes.file);

  await workbench.command(titles.checkFolder);
  seen.told = await workbench.notification(titles.checked);
  await workbench.allProblems(wishes.allFindings);
  workbench.tell("all files are checked");
  await workbench.picture("folder");
  await workbench.openFile(wishes.other);
  await workbench.problems(wishes.otherFindings);
  await workbench.allProblems(wishes.allFindings);
  await workbench.status("mdreview", ...wishes.otherCounts);
  workbench.tell("a file that was checked while it was closed shows its findings once");

  await page.locator(".statusbar-item", { hasText: "mdreview" }).click();
  const menu = page.locator(".quick-input-list .monaco-list-row");
  await menu.first().waitFor();
  await workbench.picture("menu");
  await workbench.press("Escape");

  await workbench.command(titles.setUp);
  await page.getByText(wishes.walkthrough).first().waitFor();
  await workbench.frameWith(wishes.inWalkthrough);
  workbench.tell("the walkthrough tells how to install the server");
  await workbench.picture("walkthrough");
  return seen;
});
