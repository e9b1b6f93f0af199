import "server-only";
import tls from "node:tls";
import { isIP } from "node:net";
import { parseEntry } from "@/lib/audit/entry";
import type { ExportedRow } from "@/lib/audit/export-proof";
import { eventCodes } from "@/lib/audit/codes";
import { sentence } from "@/lib/audit/sentence";
import { env } from "@/lib/env";
import { cef } from "@/lib/forwarding/cef";
import type { Destination } from "@/lib/forwarding/forward-settings";
import { ocsf } from "@/lib/forwarding/ocsf";
import { syslogFrame } from "@/lib/forwarding/syslog";
import { Trouble } from "@/lib/forwarding/trouble";

type Syslog = Extract<Destination, { kind: "syslog" }>;

/** So long the connection must stay alive after the last byte has left. */
const aliveMs = 300;

/** The format of what is sent, not of the product: it changes when a field does. */
const version = "1";

/** An event as one message of syslog. */
export function syslogMessage(row: Pick<ExportedRow, "entry" | "leafHash">, format: "cef" | "ocsf"): Buffer {
  const entry = parseEntry(row.entry);
  const told = {
    entry,
    leafHash: row.leafHash.toString("hex"),
    sentence: sentence(entry),
    title: eventCodes[entry.code]?.[1] ?? entry.code,
    version,
  };
  return syslogFrame(entry, new URL(env().publicUrl).hostname, format === "cef" ? cef(told) : ocsf(told));
}

/**
 * Sends events as messages of syslog over TLS (RFC 5425) on a connection of their own. Syslog has no acknowledgement; what
 * comes nearest is the end of the connection: once all has left and the connection is still alive, we say that nothing
 * follows, and count the messages as received when the receiver, which must read all of them to hear that, closes its side
 * in order (section 4.4). A connection that breaks, ends before that or stays open acknowledges nothing.
 */
export async function sendSyslog(
  { host, port, format, tls: trust }: Syslog,
  rows: readonly ExportedRow[],
  signal: AbortSignal,
): Promise<void> {
  const bytes = Buffer.concat(rows.map((row) => syslogMessage(row, format)));
  const socket = tls.connect({
    host,
    port,
    ...trust,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    rejectUnauthorized: true,
    minVersion: "TLSv1.2",
  });
  try {
    await new Promise<void>((resolve, reject) => {
      let state: "sending" | "said-end" | "heard-end" = "sending";
      signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
      socket.on("error", reject);
      const sayEnd = () => {
        state = "said-end";
        socket.end();
      };
      const flushed = () => void setTimeout(() => socket.writable && sayEnd(), aliveMs);
      socket.on("secureConnect", () => socket.write(bytes, (error) => error ?? flushed()));
      socket.on("end", () => {
        if (state === "said-end") state = "heard-end";
      });
      socket.on("close", (hadError) => {
        // Whoever closed before it was told the end may not have read so far.
        if (!hadError && state === "heard-end") resolve();
        else reject(new Trouble("It broke the connection."));
      });
      socket.resume();
    });
  } finally {
    socket.destroy();
  }
}
