import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { root } from "./place";
import { runProgram } from "./program";

const sources = ["app", "components", "lib", "public"];
const singleFiles = [
  "proxy.ts",
  "instrumentation.ts",
  "next.config.ts",
  "postcss.config.mjs",
  "tsconfig.json",
  "package.json",
  "package-lock.json",
];
const notBuilt = /\.test\.tsx?$|^lib\/testing\//;
const stamp = path.join(root, ".next/built-from");

/** Whether `.next` was built from exactly these sources by exactly these packages. */
export function isBuilt(): boolean {
  return fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === `${buildId()} ${sourceHash()}`;
}

/** Builds the application for production; throws with the build's own words if it fails. */
export async function build(): Promise<void> {
  const hash = sourceHash();
  fs.rmSync(stamp, { force: true });
  const env = { NODE_ENV: "production" };
  const { code, output } = await runProgram({ program: "next", args: ["build"], env, minutes: 15 });
  if (code !== 0) {
    // Its cache keeps failures too, even those of another Node.js or of a full disk.
    fs.rmSync(path.join(root, ".next"), { recursive: true, force: true });
    throw new Error(`The build failed.\n${output}`);
  }
  fs.writeFileSync(stamp, `${buildId()} ${hash}`);
}

/** Tells this build from one that somebody made by hand since. */
function buildId(): string {
  const file = path.join(root, ".next/BUILD_ID");
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "none";
}

export const nextProgram = path.join(root, "node_modules/next/dist/bin/next");

function sourceHash(): string {
  const hash = createHash("sha256").update(process.version);
  for (const name of [...sources.flatMap(filesOf), ...singleFiles]) {
    const file = path.join(root, name);
    if (fs.existsSync(file)) hash.update(`\n${name}\n`).update(fs.readFileSync(file));
  }
  return hash.digest("hex");
}

function filesOf(folder: string): string[] {
  if (!fs.existsSync(path.join(root, folder))) return [];
  return fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .map((name) => path.join(folder, name))
    .filter((name) => !notBuilt.test(name) && fs.statSync(path.join(root, name)).isFile())
    .sort();
}
