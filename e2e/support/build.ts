import fs from "node:fs";
import path from "node:path";

/** A server action of the build: where it is written, its id on the wire, and the pages that know it. */
export type BuiltAction = { name: string; id: string; routes: string[] };

type ActionManifest = Record<
  "node" | "edge",
  Record<string, { exportedName: string; filename: string; workers: Record<string, unknown> }>
>;

/** All routes that the build serves, as it lists them itself. */
export function builtRoutes(): string[] {
  return Object.values(manifest<Record<string, string>>("app-path-routes-manifest.json")).sort();
}

/** All server actions that the build serves, as it lists them itself; named `file#export`. */
export function builtActions(): BuiltAction[] {
  const routes = manifest<Record<string, string>>("app-path-routes-manifest.json");
  const { node, edge } = manifest<ActionManifest>("server/server-reference-manifest.json");
  return [...Object.entries(node), ...Object.entries(edge)]
    .map(([id, { filename, exportedName, workers }]) => ({
      id,
      name: `${filename}#${exportedName}`,
      routes: Object.keys(workers).map((worker) => routes[worker.replace(/^app/, "")] ?? worker),
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

function manifest<T>(file: string): T {
  return JSON.parse(fs.readFileSync(path.join(".next", file), "utf8")) as T;
}
