import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { privateFolder, root } from "./place";

const sources = ["app", "components", "lib", "public"];
const settings = [
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
  return fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === sourceHash();
}

/** Builds the application for production; throws with the build's own words if it fails. */
export async function build(): Promise<void> {
  const hash = sourceHash();
  fs.rmSync(stamp, { force: true });
  const log = path.join(privateFolder, "build.log");
  fs.mkdirSync(privateFolder, { recursive: true, mode: 0o711 });
  const output = fs.openSync(log, "w", 0o600);
  const child = spawn(process.execPath, [nextProgram, "build"], {
    cwd: root,
    stdio: ["ignore", output, output],
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  fs.closeSync(output);
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new Error(`The build failed.\n${fs.readFileSync(log, "utf8").trim()}`);
  fs.writeFileSync(stamp, hash);
}

export const nextProgram = path.join(root, "node_modules/next/dist/bin/next");

function sourceHash(): string {
  const hash = createHash("sha256").update(process.version);
  for (const name of [...sources.flatMap(filesOf), ...settings]) {
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
