import "server-only";
import fs from "node:fs";
import path from "node:path";

/** The folder shared/data of the project, which lies beside the clone or above it. */
export function sharedData(): string {
  const told = process.env.GLIMPSE_SHARED_DATA;
  if (told) return told;
  for (let folder = process.cwd(); ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, "shared/data");
    if (fs.existsSync(path.join(candidate, "databases"))) return candidate;
    if (folder === path.dirname(folder)) break;
  }
  throw new Error("shared/data is neither beside this clone nor above it: set GLIMPSE_SHARED_DATA.");
}
