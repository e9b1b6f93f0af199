import "server-only";
import http from "node:http";
import https from "node:https";
import type { ExportedRow } from "@/lib/audit/export-proof";
import type { Destination } from "@/lib/forwarding/forward-settings";
import { signatureOf } from "@/lib/forwarding/signature";
import { Trouble } from "@/lib/forwarding/trouble";

type Https = Extract<Destination, { kind: "https" }>;

/** An event as it is sent: its hash, and the entry as it stands in the log, last, so that it can be hashed as it is. */
export function ndjsonLine({ leafHash, entry }: Pick<ExportedRow, "leafHash" | "entry">): string {
  return `{"leaf":"${leafHash.toString("hex")}","entry":${entry}}\n`;
}

/**
 * Posts events as lines of JSON, signed; any answer of 2xx acknowledges all of them, anything else none. No redirect is
 * followed, and a certificate that is not right ends it.
 */
export async function sendHttps(
  { url, key, authorization, tls }: Https,
  rows: readonly ExportedRow[],
  signal: AbortSignal,
): Promise<void> {
  const body = Buffer.from(rows.map(ndjsonLine).join(""), "utf8");
  const seconds = String(Math.floor(Date.now() / 1000));
  const headers = {
    "Content-Type": "application/x-ndjson",
    "Content-Length": body.length,
    "Glimpse-Timestamp": seconds,
    "Glimpse-Signature": signatureOf(key, seconds, body),
    "Glimpse-Events": `${rows[0]?.seq ?? ""}-${rows.at(-1)?.seq ?? ""}`,
    ...(authorization === null ? {} : { Authorization: authorization }),
  };
  const options = { method: "POST", headers, signal, agent: false as const };
  const status = await new Promise<number>((resolve, reject) => {
    const request =
      url.protocol === "https:"
        ? https.request(url, { ...options, ...tls, rejectUnauthorized: true, minVersion: "TLSv1.2" })
        : http.request(url, options);
    request.on("error", reject);
    // Whatever a receiver does, this ends: it holds the right to send.
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
    request.on("upgrade", (_, socket) => {
      socket.destroy();
      reject(new Trouble("It answered with 101."));
    });
    request.on("response", (response) => {
      // The answer counts when it has come to its end; what it says is not kept.
      response.on("error", reject);
      response.on("aborted", () => reject(new Trouble("It broke the connection.")));
      response.on("end", () => resolve(response.statusCode ?? 0));
      response.resume();
    });
    request.end(body);
  });
  if (status < 200 || status > 299) throw new Trouble(`It answered with ${status}.`, status === 413);
}
