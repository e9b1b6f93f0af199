"use client";

import { useRouter } from "next/navigation";
import type { FieldChoice, RequestActions } from "@/lib/requests/view";
import { RequestSheet } from "./request-sheet";

interface Props {
  tableId: string;
  tableLabel: string;
  words: string;
  fields: readonly FieldChoice[];
  actions: RequestActions;
  backHref: string;
}

const none: readonly string[] = [];

/** The sheet of a request whose records the server finds by their filters; closing it leads back to the table. */
export function CohortSheet({ words, backHref, ...asked }: Props) {
  const router = useRouter();
  return <RequestSheet {...asked} records={none} cohort={words} open onClose={() => router.push(backHref)} />;
}
