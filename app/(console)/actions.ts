"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import * as sessions from "@/lib/auth/end-session";
import { run } from "@/lib/web/run";
import { clearSessionCookie } from "@/lib/web/session-cookie";

export async function signOut(): Promise<void> {
  await run({ name: "sign-out", permission: "home", input: z.object({}), deed: sessions.signOut }, {});
  await clearSessionCookie();
  redirect("/sign-in");
}
