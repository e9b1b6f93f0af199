// Plain JavaScript with nothing from npm: it runs before anything is installed.
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";

const startedAt = Date.now();
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const [script, ...wishes] = process.argv.slice(2);

process.chdir(root);
checkNode();
if (script === "scripts/demo.ts") await checkDemo();
const installSeconds = install();
start();

/** The product runs on what Next.js runs on; the tools that check it want a little more. */
function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const isTest = script !== "scripts/demo.ts" && script !== "scripts/migrate.ts";
  const least = isTest ? 19 : 9;
  if (major > 20 || (major === 20 && minor >= least)) return;
  const what = isTest ? "This command" : "Glimpse";
  giveUp(`${what} needs Node.js 20.${least} or newer, and this is ${process.versions.node}.`);
}

/** What would spoil the demo at its very end is said at the beginning. */
async function checkDemo() {
  const running = runningDemo();
  if (running && wishes.includes("--fresh")) {
    giveUp(`Glimpse is running from this folder (process ${running.pid}). Stop it first, then start over.`);
  }
  if (running)
    giveUp(`Glimpse is already running from this folder: ${running.url} (process ${running.pid}).`);
  const port = Number(process.env.PORT || 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    giveUp(`PORT is ${JSON.stringify(process.env.PORT)}; it must be a number from 1 to 65535.`);
  }
  for (const host of ["127.0.0.1", "::1"]) {
    const problem = await tryPort(port, host);
    if (problem === "EADDRINUSE") {
      giveUp(`Port ${port} is taken by another program. Choose another one: PORT=${port + 1} npm run demo`);
    }
    if (problem === "EACCES")
      giveUp(`This account may not open port ${port}. Choose one above 1023, as PORT=3000.`);
  }
}

function runningDemo() {
  try {
    const running = JSON.parse(fs.readFileSync(".glimpse/running.json", "utf8"));
    process.kill(running.pid, 0);
    // After a reboot the number may belong to another program.
    const command = `/proc/${running.pid}/cmdline`;
    return fs.existsSync("/proc/self/cmdline") && !fs.readFileSync(command, "utf8").includes("demo.ts")
      ? undefined
      : running;
  } catch {
    return undefined;
  }
}

function tryPort(port, host) {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once("error", (error) => resolve(error.code));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

/** Runs npm ci unless every package is there in the locked version; returns the seconds it took. */
function install() {
  if (isInstalled()) return 0;
  console.log("Installing packages ...");
  const npm = process.env.npm_execpath;
  const flags = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const [command, args] = npm?.endsWith(".js") ? [process.execPath, [npm, ...flags]] : ["npm", flags];
  const done = spawnSync(command, args, { stdio: ["ignore", "pipe", "inherit"], encoding: "utf8" });
  if (done.error) giveUp("npm was not found. It comes with Node.js: https://nodejs.org");
  if (done.status !== 0) {
    process.stderr.write(done.stdout);
    giveUp("Installing the packages failed; npm says above why. Nothing else was changed.");
  }
  return (Date.now() - startedAt) / 1000;
}

function isInstalled() {
  try {
    const wanted = JSON.parse(fs.readFileSync("package-lock.json", "utf8")).packages;
    const present = JSON.parse(fs.readFileSync("node_modules/.package-lock.json", "utf8")).packages;
    return Object.entries(wanted).every(([place, { version, integrity, optional }]) => {
      if (place === "") return true;
      const found = present[place];
      // A package for another platform is locked but not installed.
      if (!found) return optional === true;
      return found.version === version && found.integrity === integrity && fs.existsSync(place);
    });
  } catch {
    return false;
  }
}

function start() {
  const child = spawn(process.execPath, ["--conditions=react-server", "--import", "tsx", script, ...wishes], {
    // The channel tells the child when this process is gone, even by kill -9.
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: {
      ...process.env,
      GLIMPSE_STARTED_AT: String(startedAt),
      GLIMPSE_INSTALL_SECONDS: String(installSeconds),
    },
  });
  // Ctrl-C goes to the whole group: the child stops in order, and this process waits for it.
  process.on("SIGINT", () => {});
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  watchNpm(child);
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
}

/** If npm itself is killed, nobody would be left who could stop this with Ctrl-C. */
function watchNpm(child) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const watch = setInterval(() => process.ppid !== parent && child.kill("SIGTERM"), 1000);
  watch.unref();
}

function giveUp(why) {
  console.error(why);
  process.exit(1);
}
