import assert from "node:assert/strict";
import { test } from "node:test";
import { isRuleCode, withPageCommands } from "../src/rulelinks";

test("links to rule pages become commands, other links stay", () => {
  const text = "Why.\n\n[Page](https://example.org/rules/zh/FN001-undefined-footnote/) [DOI](https://doi.org/10.1/x)";
  assert.equal(
    withPageCommands(text),
    `Why.\n\n[Page](command:mdreview.openRulePage?${encodeURIComponent('["FN001"]')}) [DOI](https://doi.org/10.1/x)`,
  );
});

test("codes of rules are told from others", () => {
  assert.deepEqual(["FN001", "CIT010", "TRM001", "settings", "FN1", "xFN001"].map(isRuleCode), [
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});
