import "server-only";
import { randomBytes } from "node:crypto";

/**
 * Logs a failure that nobody expected under a reference and returns an error that carries the reference alone.
 * The text of the original stays out of the log: database errors quote the values they stumbled over (law 6).
 */
export function reportFailure(error: unknown): Error & { digest: string } {
  const reference = randomBytes(6).toString("hex");
  const { name, frames } = describe(error);
  console.error(JSON.stringify({ level: "error", reference, name, sqlstate: sqlstateOf(error), frames }));
  // Next.js keeps a digest that is there: the person reads the very reference that the log has.
  return Object.assign(new Error(`Something failed on our side. Reference ${reference}.`), {
    digest: reference,
  });
}

/** Logs what somebody must look at, in words of ours. */
export function reportAlarm(what: string, details: Readonly<Record<string, string | number | null>>): void {
  console.error(JSON.stringify({ level: "alarm", what, ...details }));
}

function describe(error: unknown): { name: string; frames: string[] } {
  if (!(error instanceof Error)) return { name: typeof error, frames: [] };
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return { name: error.name, frames: frames.slice(0, 8).map((line) => line.trim()) };
}

function sqlstateOf(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = (at as { code?: unknown }).code;
    if (typeof code === "string" && /^[0-9A-Z]{5}$/.test(code)) return code;
  }
  return undefined;
}
