// Bundles the extension into dist/, or with --tests the unit tests into build/.
import { copyFile, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const common = { bundle: true, platform: "node", format: "cjs", target: "node20", logLevel: "warning" };

if (process.argv.includes("--tests")) {
  await rm("build", { recursive: true, force: true });
  const entryPoints = (await readdir("test")).filter((name) => name.endsWith(".test.ts")).map((name) => `test/${name}`);
  await build({ ...common, entryPoints, outdir: "build", sourcemap: "inline" });
} else {
  await rm("dist", { recursive: true, force: true });
  const entry = { entryPoints: ["src/extension.ts"], outdir: "dist", external: ["vscode"] };
  const { metafile } = await build({ ...common, ...entry, minify: true, metafile: true });
  await writeFile("dist/licenses.txt", await licenses(Object.keys(metafile.inputs)));
  // the settings files' schema is the project's own, so that completion in YAML knows what the server knows
  await copyFile("../../docs/mdreview.schema.json", "dist/mdreview.schema.json");
}

/** The licences of the packages that the bundled files come from. */
async function licenses(files) {
  const packages = new Set(files.map((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]));
  packages.delete(undefined);
  const parts = [...packages].sort().map(async (folder) => {
    const { name, version } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
    const file = (await readdir(folder)).find((one) => /^licen[sc]e/i.test(one));
    if (file === undefined) {
      throw new Error(`${name} comes without a licence`);
    }
    return `${name} ${version}\n\n${await readFile(`${folder}/${file}`, "utf8")}`;
  });
  return (await Promise.all(parts)).join(`\n${"-".repeat(80)}\n\n`);
}
