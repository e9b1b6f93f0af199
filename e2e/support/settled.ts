import type { Answer } from "./client";

/**
 * An answer as a browser has it when all of it has come, with what is random or a clock's by design taken out. The
 * server sends the parts of a page as they are ready and numbers them so: order and numbers are the network's.
 */
export function settled({ status, headers, bytes, text }: Answer): string {
  const type = headers.get("content-type") ?? "";
  const told = ["content-type", "location", "cache-control", "content-disposition"].map((name) =>
    headers.get(name),
  );
  const body = type.startsWith("text/x-component")
    ? settledPayload(Buffer.from(bytes))
    : type.startsWith("text/html")
      ? `${settledHtml(text)}\n${settledPayload(payloadIn(text))}`
      : text;
  return [status, ...told, withoutChance(body)].join("\n");
}

function withoutChance(body: string): string {
  return (
    body
      // The nonce of the policy: 16 random bytes.
      .replaceAll(/(nonce="|"nonce":")[A-Za-z0-9+/]{22}==/g, "$1")
      // The key that Next.js gives the head of a payload.
      .replaceAll(/(\["\$","\$L\w+",")[\w-]{21}([vm]",)/g, "$1$2")
      // The server's present moment, from which the browser counts; how long ago something was, and how long it lasts.
      .replaceAll(/"now":"2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"/g, '"now":""')
      .replaceAll(/\b(?:1 day|\d+ h(?: \d+ min)?)\b|(?<="expiresInMs":)\d+/g, "")
      .replaceAll(/(<time[^>]*>)[^<]*/g, "$1")
  );
}

const scripts = /<script[^>]*>(?:\(?self\.__next_f|\$R|requestAnimationFrame\().*?<\/script>/gs;
/** A part that came late, in a container that the browser does not show; the next one or a script follows. */
const latePart = /<(\w+) hidden id="(S:\w+)">(.*?)<\/\1>(?=<script|<\w+ hidden id="S:)/gs;
const hole = /<!--\$\?--><template id="(B:\w+)"><\/template>.*?<!--\/\$-->/gs;
const gap = /<template id="(P:\w+)"><\/template>/g;

/** What came late stands where it belongs, as React puts it there in a browser: in holes, and in gaps of what came late. */
function settledHtml(html: string): string {
  const late = new Map<string, string>();
  const early = html.replaceAll(latePart, (_, _tag, id: string, part: string) => {
    late.set(id, part);
    return "";
  });
  // `$RC` names the hole and then the part, `$RS` the part and then the gap.
  const told = [...html.matchAll(/\$R[CS]\("(\w+:\w+)","(\w+:\w+)"\)/g)];
  const placed = new Map(
    told.map(([, one = "", other = ""]) => (one.startsWith("S:") ? [other, one] : [one, other])),
  );
  const partAt = (place: string) => late.get(placed.get(place) ?? "");
  const filled = (text: string): string =>
    text
      .replaceAll(hole, (whole, place: string) => {
        const part = partAt(place);
        return part === undefined ? whole : `<!--$-->${filled(part)}<!--/$-->`;
      })
      .replaceAll(gap, (whole, place: string) => {
        const part = partAt(place);
        return part === undefined ? whole : filled(part);
      });
  return filled(early).replaceAll(scripts, "").replaceAll("<!-- -->", "");
}

/** The payload that a page carries in its scripts. */
function payloadIn(html: string): Buffer {
  const pushed = html.matchAll(/self\.__next_f\.push\((\[[13],".*?"\])\)<\/script>/gs);
  return Buffer.concat(
    Array.from(pushed, ([, pair = ""]) => {
      const [kind, part] = JSON.parse(pair) as [number, string];
      return Buffer.from(part, kind === 3 ? "base64" : "utf8");
    }),
  );
}

/** The rows of a payload in the order in which its root comes to them, numbered so; what it does not come to, after. */
function settledPayload(payload: Buffer): string {
  const rows = rowsOf(payload);
  const numbers = new Map<string, number>();
  const numberOf = (id: string) => numbers.get(id) ?? numbers.set(id, numbers.size).size - 1;
  numberOf("0");
  const lines: string[] = [];
  // A map gives what is added to it while it is walked, too.
  for (const [id, number] of numbers) {
    for (const row of rows.get(id) ?? []) lines.push(`${number}:${renumbered(row, numberOf)}`);
    rows.delete(id);
  }
  const rest = [...rows.values()].flat().map((row) => renumbered(row, numberOf));
  return [...lines, ...rest.sort()].join("\n");
}

/** React's rows: a number, then text of a told length or a line of JSON; several of one number are a stream. */
function rowsOf(payload: Buffer): Map<string, string[]> {
  const rows = new Map<string, string[]>();
  for (let at = 0; at < payload.length;) {
    const colon = payload.indexOf(":", at);
    const id = payload.toString("utf8", at, colon);
    const [told, length] = /^T([0-9a-f]+),/.exec(payload.toString("latin1", colon + 1, colon + 12)) ?? [];
    const start = colon + 1 + (told?.length ?? 0);
    const newline = payload.indexOf("\n", start);
    const end =
      length === undefined ? (newline < 0 ? payload.length : newline) : start + parseInt(length, 16);
    rows.set(id, [...(rows.get(id) ?? []), (told ? "T" : "") + payload.toString("utf8", start, end)]);
    at = length === undefined ? end + 1 : end;
  }
  return rows;
}

/** Text of the page that begins with a dollar has two. */
function renumbered(row: string, numberOf: (id: string) => number): string {
  if (row.startsWith("T")) return row;
  return row.replaceAll(
    /"\$([@A-Zhi]?)([0-9a-f]+)(:[^"]*)?"/g,
    (_, kind: string, id: string, path = "") => `"$${kind}${numberOf(id)}${path}"`,
  );
}
