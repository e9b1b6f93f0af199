/** What sqlmap says of one target: its parameters are sound, a hole is there, or it could not tell. */
export type Verdict = { kind: "sound" | "hole" | "untested"; words: string };

/** Reads what sqlmap wrote: its exit code is 0 whatever it found. */
export function readSqlmap(output: string): Verdict {
  const hole =
    /^Parameter: .+$/m.exec(output) ?? /\b(is vulnerable|appears to be '.+' injectable)\b.*/.exec(output);
  const isFalseAlarm = /false positive or unexploitable injection point detected/.test(output);
  if (/identified the following injection point/.test(output) || (hole && !isFalseAlarm))
    return { kind: "hole", words: hole?.[0] ?? "an injection point" };
  if (/all tested parameters do not appear to be injectable/.test(output))
    return { kind: "sound", words: "" };
  const reasons = output.match(/\[(?:CRITICAL|ERROR)\] .*/g) ?? ["sqlmap said nothing that is understood"];
  return { kind: "untested", words: reasons.join(" ") };
}

/** The parameters that were tried. */
export function triedParameters(output: string): string[] {
  const tried = output.matchAll(
    /testing if \w+ parameter '([^']+)' is dynamic|\b\w+ parameter '([^']+)' (?:does not seem to|appears to|is )/g,
  );
  return [...new Set(Array.from(tried, ([, one, other]) => one ?? other ?? ""))];
}
