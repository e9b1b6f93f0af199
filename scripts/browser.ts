import fs from "node:fs";
import path from "node:path";
import { chromium } from "@playwright/test";
import { runProgram } from "./program";

const systemNames = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];
const macNames = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** A Chromium that opens a page here: the system's, else Playwright's own, else Debian's package. */
export async function findBrowser(): Promise<string> {
  const troubles: string[] = [];
  const told = process.env.GLIMPSE_CHROMIUM;
  const present = [...(told ? [told] : []), ...onPath(), ...macNames, chromium.executablePath()];
  for (const program of present) {
    if (fs.existsSync(program) && (await opens(program, troubles))) return program;
  }
  for (const install of [downloadPlaywrights, installDebians]) {
    const program = await install(troubles);
    if (program && (await opens(program, troubles))) return program;
  }
  throw new Error(`No Chromium was found and none could be installed.\n${troubles.join("\n")}`);
}

/** Root has no user namespace to hide in; the pages are our own. */
export function launchArguments(): string[] {
  const ours = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ];
  return process.getuid?.() === 0 ? ["--no-sandbox", ...ours] : ours;
}

function onPath(): string[] {
  const folders = (process.env.PATH ?? "").split(":");
  return systemNames.flatMap((name) => folders.map((folder) => path.join(folder, name)));
}

async function opens(program: string, troubles: string[]): Promise<boolean> {
  try {
    const browser = await chromium.launch({
      executablePath: program,
      args: launchArguments(),
      timeout: 30_000,
    });
    const page = await browser.newPage();
    await page.goto("about:blank");
    await browser.close();
    return true;
  } catch (error) {
    troubles.push(
      `${program}: ${error instanceof Error ? error.message.split("\n").slice(0, 8).join("\n") : ""}`,
    );
    return false;
  }
}

async function downloadPlaywrights(troubles: string[]): Promise<string | undefined> {
  const args = ["install", "--no-shell", "chromium"];
  const { code, output } = await runProgram({ program: "playwright", args, minutes: 5 });
  if (code === 0) return chromium.executablePath();
  troubles.push(`playwright install: ${output.split("\n").slice(-5).join("\n")}`);
  return undefined;
}

async function installDebians(troubles: string[]): Promise<string | undefined> {
  if (process.getuid?.() !== 0 || !fs.existsSync("/usr/bin/apt-get")) return undefined;
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await runProgram({ program: "apt-get", args: ["update"], env, minutes: 5 });
  // Another package may be being installed at the same moment.
  const wait = ["-o", "DPkg::Lock::Timeout=300"];
  const args = ["install", "--yes", "--no-install-recommends", ...wait, "chromium", "fonts-dejavu-core"];
  const { code, output } = await runProgram({ program: "apt-get", args, env, minutes: 10 });
  if (code === 0) return "/usr/bin/chromium";
  troubles.push(`apt-get install chromium: ${output.split("\n").slice(-5).join("\n")}`);
  return undefined;
}
