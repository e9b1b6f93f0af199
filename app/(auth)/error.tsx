"use client";

import { Failure } from "@/components/layout/failure";

export default function AuthError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <main>
      <Failure error={error} retry={retry} />
    </main>
  );
}
