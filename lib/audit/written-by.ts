import "server-only";
import { randomBytes } from "node:crypto";
import { env } from "@/lib/env";
import product from "@/package.json" with { type: "json" };

const ofThisProcess = randomBytes(6).toString("hex");

/** Which instance of Glimpse writes an event, and of which version: the name that its operator gave it, else one of its own. */
export function writtenBy(): { instance: string; version: string } {
  return { instance: env().instance ?? ofThisProcess, version: product.version };
}
