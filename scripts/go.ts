import fs from "node:fs";
import path from "node:path";
import { runProgram } from "./program";

const modules = "/usr/share/gocode/src/golang.org/x/mod/sumdb/note";
const packages = ["golang-go", "golang-golang-x-mod-dev"];
const env = { GO111MODULE: "off", GOPATH: "/usr/share/gocode", GOFLAGS: "", CGO_ENABLED: "0" };

/** Builds a program in Go into `into`, with Debian's Go and its golang.org/x/mod, which root installs where they are not. */
export async function buildGo(name: string, into: string): Promise<string> {
  if (!(await hasGo())) await install();
  if (!(await hasGo()))
    throw new Error(
      `The independent monitor of the log is written in Go. Install it with: apt-get install ${packages.join(" ")} (on another system: Go, and golang.org/x/mod under ${modules})`,
    );
  const program = path.join(into, name);
  const args = ["build", "-o", program, `./scripts/${name}/main.go`];
  const cache = { GOCACHE: path.join(into, "cache") };
  const { code, output } = await runProgram({ program: "go", args, env: { ...env, ...cache }, minutes: 3 });
  if (code !== 0) throw new Error(`scripts/${name} does not build:\n${output}`);
  return program;
}

async function hasGo(): Promise<boolean> {
  const { code } = await runProgram({ program: "go", args: ["version"], minutes: 1 });
  return code === 0 && fs.existsSync(modules);
}

async function install(): Promise<void> {
  if (process.getuid?.() !== 0 || !fs.existsSync("/usr/bin/apt-get")) return;
  const quiet = { DEBIAN_FRONTEND: "noninteractive" };
  await runProgram({ program: "apt-get", args: ["update"], env: quiet, minutes: 5 });
  // The browser may be being installed at the same moment.
  const wait = ["-o", "DPkg::Lock::Timeout=300"];
  const args = ["install", "--yes", "--no-install-recommends", ...wait, ...packages];
  await runProgram({ program: "apt-get", args, env: quiet, minutes: 10 });
}
