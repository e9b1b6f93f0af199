import fs from "node:fs";
import path from "node:path";
import { build, isBuilt } from "./build";
import { privateFolder, root } from "./place";
import { runProgram, type ProgramWanted } from "./program";
import type { Steps } from "./steps";
import { judge, noTests, readPlaywright, readVitest, type Tally } from "./tally";

/** A part of the tests that is run and counted by itself. */
export type Runner = { name: string; run: () => Promise<Tally> };

const folders = ["app", "components", "lib", "scripts", "bench", "e2e"];

export const format = check("format", { program: "oxfmt", args: ["--check"], minutes: 3 });
export const lint = check("lint", { program: "oxlint", args: [], minutes: 3 });
export const types = check("types", { program: "tsc", args: ["--noEmit"], minutes: 10 });
export const deadCode = check("dead code", { program: "knip", args: ["--no-progress"], minutes: 3 });
export const arrows = check("arrows", {
  program: "depcruise",
  args: [
    ...folders.filter((folder) => fs.existsSync(path.join(root, folder))),
    "--config",
    ".dependency-cruiser.cjs",
  ],
  minutes: 5,
});

/** What Next.js derives from the routes, without which the compiler cannot judge. */
export const routeTypes = check("route types", { program: "next", args: ["typegen"], minutes: 3 });

export const productionBuild: Runner = {
  name: "build",
  run: async () => {
    try {
      if (!isBuilt()) await build();
      return { ...noTests, passed: 1 };
    } catch (error) {
      return {
        ...noTests,
        failed: [{ name: "build", output: error instanceof Error ? error.message : String(error) }],
      };
    }
  },
};

/** The tests of one vitest project. */
export function vitest(project: "unit" | "db", env: Record<string, string> = {}): Runner {
  const report = reportFile(`vitest-${project}`);
  const args = [
    "run",
    "--project",
    project,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ];
  return reporting(`${project} tests`, { program: "vitest", args, env, minutes: 40 }, report, (found) =>
    readVitest(found as Parameters<typeof readVitest>[0], root),
  );
}

/** The tests in a browser; wishes go to Playwright as they are. */
export function playwright(env: Record<string, string>, wishes: string[] = []): Runner {
  const report = reportFile("playwright");
  const wanted = {
    program: "playwright",
    args: ["test", ...wishes, "--reporter=list,json"],
    // server-only is a no-op under this condition: tests may use lib/testing.
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report, NODE_OPTIONS: "--conditions=react-server" },
    minutes: 40,
    show: true,
  };
  return reporting("e2e tests", wanted, report, (found) =>
    readPlaywright(found as Parameters<typeof readPlaywright>[0]),
  );
}

/** Runs one after the other, each with its time; what each has found is in `found` as soon as it is done. */
export async function inOrder(steps: Steps, runners: Runner[], found: Tally[]): Promise<Tally[]> {
  const tallies: Tally[] = [];
  for (const { name, run } of runners) {
    const startedAt = Date.now();
    const tally = await steps.watch(name, run);
    const { passed, failed, skipped } = tally;
    const note = [
      `${passed} passed`,
      failed.length && `${failed.length} failed`,
      skipped.length && `${skipped.length} skipped`,
    ];
    steps.done(name, (Date.now() - startedAt) / 1000, note.filter(Boolean).join(", "));
    tallies.push(tally);
    found.push(tally);
  }
  return tallies;
}

function check(name: string, wanted: ProgramWanted): Runner {
  const run = async (): Promise<Tally> => {
    const { code, output } = await runProgram(wanted);
    return code === 0 ? { ...noTests, passed: 1 } : { ...noTests, failed: [{ name, output }] };
  };
  return { name, run };
}

function reporting(
  name: string,
  wanted: ProgramWanted,
  report: string,
  read: (found: unknown) => Tally,
): Runner {
  const run = async (): Promise<Tally> => {
    fs.rmSync(report, { force: true });
    const result = await runProgram(wanted);
    const tally = fs.existsSync(report) ? read(JSON.parse(fs.readFileSync(report, "utf8"))) : undefined;
    return judge(name, result, tally);
  };
  return { name, run };
}

function reportFile(name: string): string {
  fs.mkdirSync(privateFolder, { recursive: true, mode: 0o711 });
  return path.join(privateFolder, `report-${name}.json`);
}
