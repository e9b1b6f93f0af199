export type ScriptPart = { kind: "sql"; text: string } | { kind: "copy"; command: string; rows: string[] };

const copyFromStdin = /^COPY .* FROM stdin;$/i;
// Written for psql, or about roles that a throw-away server does not have.
const notOurs = /^\\|^(ALTER .* OWNER TO |(CREATE|ALTER|DROP) (ROLE|DATABASE) |GRANT |REVOKE )/i;

/** What psql would send for a dump, in order: plain SQL, and COPY commands apart from their rows. */
export function readPsqlScript(script: string): ScriptPart[] {
  const parts: ScriptPart[] = [];
  let text: string[] = [];
  const flush = () => {
    if (text.some((line) => line.trim() && !line.startsWith("--")))
      parts.push({ kind: "sql", text: text.join("\n") });
    text = [];
  };
  const lines = script.split("\n");
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    if (copyFromStdin.test(line)) {
      flush();
      const end = lines.indexOf("\\.", at);
      if (end < 0) throw new Error(`COPY in line ${at + 1} has no end.`);
      parts.push({ kind: "copy", command: line, rows: lines.slice(at + 1, end) });
      at = end;
    } else if (!notOurs.test(line)) {
      text.push(line);
    }
  }
  flush();
  return parts;
}
