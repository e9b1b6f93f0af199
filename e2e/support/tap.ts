import type { Sql } from "postgres";
import { leadSource } from "@/lib/testing/lead-source";
import { openWireTap, type WireTap } from "@/lib/testing/wire-tap";
import { stack } from "./stack";

/** Leads Glimpse to another database under the name of the demo source. */
export async function leadSourceTo(control: Sql, url: string): Promise<void> {
  await leadSource(control, Buffer.from(stack().key, "base64"), url);
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
