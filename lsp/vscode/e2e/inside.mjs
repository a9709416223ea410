// Opens a window for the extension that tries everything from inside, and waits for what it wrote.
import { existsSync, readFileSync } from "node:fs";
import { scenario } from "./workbench.mjs";

await scenario(async (workbench, wishes) => {
  await workbench.open();
  const end = Date.now() + wishes.seconds * 1000;
  while (!existsSync(wishes.result) && Date.now() < end) {
    await workbench.page.waitForTimeout(200);
  }
  await workbench.picture("inside");
  const { seen, error } = JSON.parse(readFileSync(wishes.result, "utf8"));
  if (error !== undefined) {
    throw new Error(error);
  }
  workbench.tell("everything was tried from inside");
  return seen;
});
