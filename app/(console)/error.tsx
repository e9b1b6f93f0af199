"use client";

import { Failure } from "@/components/layout/failure";
import { Page } from "@/components/layout/page";

export default function ConsoleError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <Page width="full">
      <Failure error={error} retry={retry} />
    </Page>
  );
}
