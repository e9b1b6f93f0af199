import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import "./globals.css";
import { parseTheme, themeCookie } from "@/components/layout/theme";
import { parseRows, rowsCookie } from "@/lib/web/rows";

// Latin is preloaded here; the stylesheets of the font packages bring the other scripts when a page needs them.
const inter = localFont({
  src: "../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  variable: "--font-inter",
  weight: "100 900",
});
const jetbrains = localFont({
  src: "../node_modules/@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2",
  variable: "--font-jetbrains",
  weight: "100 800",
  adjustFontFallback: false,
});

export const metadata: Metadata = {
  title: { default: "Glimpse", template: "%s · Glimpse" },
  description: "Work with sensitive records without seeing them.",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const jar = await cookies();
  const theme = parseTheme(jar.get(themeCookie)?.value);
  const rows = parseRows(jar.get(rowsCookie)?.value);
  return (
    <html lang="en" data-theme={theme} data-rows={rows} className={`${inter.variable} ${jetbrains.variable}`}>
      <body>{children}</body>
    </html>
  );
}
