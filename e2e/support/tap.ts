import type { Sql } from "postgres";
import { sealConnection } from "@/lib/catalog/seal-connection";
import { parseSourceUrl } from "@/lib/source/connection";
import { openWireTap, type WireTap } from "@/lib/testing/wire-tap";
import { stack } from "./stack";

/** Leads Glimpse to another database under the name of the demo source, behind its back: nothing else changes. */
export async function leadSourceTo(control: Sql, url: string): Promise<void> {
  const parsed = parseSourceUrl(url);
  if (!parsed.ok) throw new Error(parsed.words);
  const rootKey = Buffer.from(stack().key, "base64");
  const [source] = await control<{ id: string }[]>`
    SELECT id FROM sources WHERE slug = 'marigold' AND removed_at IS NULL`;
  const sealed = sealConnection(rootKey, source!.id, parsed.parts);
  // A new version: the pool to the old address is given up.
  await control`UPDATE sources SET connection_sealed = ${sealed}, version = version + 1 WHERE id = ${source!.id}`;
}

/** Puts a tap on the wire between Glimpse and the demo source while the work is done; TLS is off, so it can read. */
export async function withTap<T>(control: Sql, work: (tap: WireTap) => Promise<T>): Promise<T> {
  const reader = new URL(stack().readerUrl);
  const tap = await openWireTap({ host: reader.hostname, port: Number(reader.port) });
  const tapped = new URL(reader);
  tapped.hostname = "127.0.0.1";
  tapped.port = String(tap.port);
  tapped.searchParams.set("sslmode", "disable");
  try {
    await leadSourceTo(control, tapped.href);
    return await work(tap);
  } finally {
    await leadSourceTo(control, stack().readerUrl);
    await tap.close();
  }
}
