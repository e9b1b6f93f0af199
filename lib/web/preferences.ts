import "server-only";
import { cookies } from "next/headers";
import { servedOverHttps } from "@/lib/env";

const YEAR_SECONDS = 365 * 24 * 3600;

/** Keeps a choice of looks in this browser for a year. Nothing that matters is ever kept this way. */
export async function keepPreference(name: "theme" | "glimpse-rows", value: string): Promise<void> {
  (await cookies()).set(name, value, {
    httpOnly: true,
    sameSite: "lax",
    path: "/",
    maxAge: YEAR_SECONDS,
    secure: servedOverHttps(),
  });
}
