import { sum, type Tally } from "./tally";

/** Names what failed with its output, and ends with the one line that counts; gives the exit code. */
export function announce(tallies: Tally[]): number {
  const { passed, failed, skipped } = sum(tallies);
  for (const name of skipped) console.log(`skipped: ${name}`);
  for (const { name, output } of failed) console.log(`\nFAILED: ${name}\n${shorten(output)}`);
  console.log(`\n${passed} passed, ${failed.length} failed`);
  return failed.length === 0 && passed > 0 ? 0 : 1;
}

/** A crashed runner may have written a book. */
function shorten(output: string): string {
  const lines = output.split("\n");
  if (lines.length <= 200) return output;
  return [...lines.slice(0, 60), `... ${lines.length - 180} lines ...`, ...lines.slice(-120)].join("\n");
}
