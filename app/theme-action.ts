"use server";

import { refresh } from "next/cache";
import { cookies } from "next/headers";
import { parseTheme, themeCookie } from "@/components/layout/theme";

/** Keeps the theme for this browser. Open to everybody: it decides nothing but colours. */
export async function setTheme(form: FormData): Promise<void> {
  const theme = parseTheme(form.get("theme"));
  (await cookies()).set(themeCookie, theme, {
    httpOnly: true,
    sameSite: "lax",
    path: "/",
    maxAge: 31_536_000,
  });
  refresh();
}
