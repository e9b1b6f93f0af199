"use client";

import { Failure } from "@/components/layout/failure";
import "./globals.css";

// Stands in for the root layout when that itself fails, so it has a document of its own.
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en" data-theme="system">
      <body>
        <title>Glimpse</title>
        <main>
          <Failure error={error} retry={retry} />
        </main>
      </body>
    </html>
  );
}
