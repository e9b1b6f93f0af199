import { noTests, sum, type Tally } from "./tally";

/** Names what failed with its output, and ends with the one line that counts; gives the exit code. */
export function announce(tallies: Tally[]): number {
  const { passed, failed, skipped } = sum(tallies);
  for (const name of skipped) console.log(`skipped: ${name}`);
  for (const { name, output } of failed) console.log(`\nFAILED: ${name}\n${shorten(output)}`);
  console.log(`\n${passed} passed, ${failed.length} failed`);
  return failed.length === 0 && passed > 0 ? 0 : 1;
}

/** The verdict on a run that a signal ends: what was found until then, and one failure that says so. */
export function announceStopped(found: readonly Tally[]): (signal: string) => () => void {
  return (signal) => {
    // What fails from now on fails because it is being stopped.
    const failed = [{ name: "the run", output: `Stopped by ${signal} before its end.` }];
    const known = [...found, { ...noTests, failed }];
    return () => void announce(known);
  };
}

/** A crashed runner may have written a book. */
function shorten(output: string): string {
  const lines = output.split("\n");
  if (lines.length <= 200) return output;
  return [...lines.slice(0, 60), `... ${lines.length - 180} lines ...`, ...lines.slice(-120)].join("\n");
}
