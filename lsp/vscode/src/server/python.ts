import { type Disposable, type Event, extensions, type Uri } from "vscode";

/** What is used of the Python extension's interface. */
interface PythonExtension {
  readonly environments: {
    getActiveEnvironmentPath(resource?: Uri): { readonly path: string };
    resolveEnvironment(path: unknown): Promise<{ readonly executable: { readonly uri: Uri | undefined } } | undefined>;
    readonly onDidChangeActiveEnvironmentPath: Event<unknown>;
  };
}

async function pythonExtension(): Promise<PythonExtension | undefined> {
  const extension = extensions.getExtension<Partial<PythonExtension>>("ms-python.python");
  const api = await extension?.activate();
  return api?.environments === undefined ? undefined : (api as PythonExtension);
}

/** The interpreter chosen in the Python extension for a folder; undefined without that extension or a choice. */
export async function chosenInterpreter(folder: Uri | undefined): Promise<string | undefined> {
  const environments = (await pythonExtension())?.environments;
  const environment = await environments?.resolveEnvironment(environments.getActiveEnvironmentPath(folder));
  return environment?.executable.uri?.fsPath;
}

/** Says when another interpreter is chosen; undefined without the Python extension. */
export async function onInterpreterChange(listener: () => void): Promise<Disposable | undefined> {
  return (await pythonExtension())?.environments.onDidChangeActiveEnvironmentPath(listener);
}
