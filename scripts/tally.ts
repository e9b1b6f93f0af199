/** What a runner found: every test counts, a static check is one test. */
export type Tally = { passed: number; failed: Failure[]; skipped: string[] };

export type Failure = { name: string; output: string };

export const noTests: Tally = { passed: 0, failed: [], skipped: [] };

export function sum(tallies: Tally[]): Tally {
  return {
    passed: tallies.reduce((total, { passed }) => total + passed, 0),
    failed: tallies.flatMap(({ failed }) => failed),
    skipped: tallies.flatMap(({ skipped }) => skipped),
  };
}

/** A runner that crashed, or that ran nothing, has failed, whatever its report says. */
export function judge(name: string, run: { code: number; output: string }, tally: Tally | undefined): Tally {
  if (!tally) return { ...noTests, failed: [{ name: `${name}: gave no report`, output: run.output }] };
  if (tally.failed.length > 0) return tally;
  if (run.code !== 0)
    return { ...tally, failed: [{ name: `${name}: ended with ${run.code}`, output: run.output }] };
  if (tally.passed === 0) return { ...tally, failed: [{ name: `${name}: ran no test`, output: run.output }] };
  return tally;
}

type VitestReport = {
  testResults: {
    name: string;
    status: string;
    message?: string;
    assertionResults: { fullName: string; status: string; failureMessages?: string[] | null }[];
  }[];
};

/** Reads the report of vitest's json reporter; a file that could not be loaded is one failure. */
export function readVitest(report: VitestReport, root: string): Tally {
  return sum(
    report.testResults.map(({ name, status, message = "", assertionResults }) => {
      const file = name.replace(`${root}/`, "");
      const at = (wanted: string) => assertionResults.filter((test) => test.status === wanted);
      const failed = at("failed").map((test) => ({
        name: `${file}: ${test.fullName}`,
        // Of a test that ran into its limit, vitest's report says no more than this.
        output: (test.failureMessages ?? []).join("\n").replace("STACK_TRACE_ERROR", "out of time"),
      }));
      if (status === "failed" && failed.length === 0) failed.push({ name: file, output: message });
      const skipped = [...at("pending"), ...at("skipped"), ...at("todo"), ...at("disabled")];
      return {
        passed: at("passed").length,
        failed,
        skipped: skipped.map((test) => `${file}: ${test.fullName}`),
      };
    }),
  );
}

type PlaywrightSuite = {
  title: string;
  file?: string;
  suites?: PlaywrightSuite[];
  specs?: {
    title: string;
    file: string;
    line: number;
    tests: { status: string; projectName?: string; results: { errors?: { message?: string }[] }[] }[];
  }[];
};

type PlaywrightReport = { suites: PlaywrightSuite[]; errors?: { message?: string }[] };

/** Reads the report of Playwright's json reporter; a test that passed only when repeated has failed. */
export function readPlaywright(report: PlaywrightReport): Tally {
  const global = (report.errors ?? []).map(({ message = "" }) => ({ name: "e2e", output: message }));
  return sum([{ ...noTests, failed: global }, ...report.suites.map(readSuite)]);
}

function readSuite(suite: PlaywrightSuite): Tally {
  const tests = (suite.specs ?? []).flatMap(({ title, file, line, tests: found }) =>
    found.map((test) => ({ ...test, name: `${file}:${line}: ${title}` })),
  );
  const own: Tally = {
    passed: tests.filter((test) => test.status === "expected").length,
    failed: tests
      .filter((test) => test.status === "unexpected" || test.status === "flaky")
      .map(({ name, results }) => ({
        name,
        output: results.flatMap(({ errors = [] }) => errors.map(({ message = "" }) => message)).join("\n"),
      })),
    skipped: tests.filter((test) => test.status === "skipped").map((test) => test.name),
  };
  return sum([own, ...(suite.suites ?? []).map(readSuite)]);
}
