"use server";
import { z } from "zod";
import { verifyLog } from "@/lib/audit/verify-log";
import type { IntegrityView } from "@/lib/audit/view";
import { run, type Outcome } from "@/lib/web/run";

export async function checkLog(): Promise<Outcome<IntegrityView>> {
  return run(
    { name: "check-log", permission: "audit", input: z.undefined(), deed: (ctx) => verifyLog(ctx) },
    undefined,
  );
}
