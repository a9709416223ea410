// Someone opens a folder that is not trusted and in which a server lies: it is not run before the folder is trusted.
import { scenario } from "./workbench.mjs";

await scenario(async (workbench, wishes) => {
  const { page } = workbench;

  await workbench.open(wishes.file);
  await workbench.notification(wishes.missing);
  const status = await workbench.status("mdreview");
  workbench.tell("there is no server, and that is said");
  await workbench.picture("missing");

  await page.locator(".notification-toast").getByText(wishes.button).click();
  await workbench.frameWith(wishes.inWalkthrough);
  workbench.tell("the button leads to the walkthrough");
  await workbench.picture("how-to-install");

  await workbench.command("Workspaces: Manage Workspace Trust");
  const trust = page.locator(".workspace-trust-editor").getByRole("button", { name: "Trust", exact: true });
  await trust.click();
  await workbench.openFile(wishes.file);
  await workbench.status("mdreview", ...wishes.counts);
  workbench.tell("the folder is trusted and its server runs");
  await workbench.picture("trusted");
  return { status };
});
