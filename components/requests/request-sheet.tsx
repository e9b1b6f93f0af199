"use client";

import type { FieldChoice, RequestActions } from "@/lib/requests/view";

export type RequestSheetProps = {
  tableId: string;
  tableLabel: string;
  /** Record handles. */
  records: readonly string[];
  fields: readonly FieldChoice[];
  actions: RequestActions;
  open: boolean;
  onClose: () => void;
};

/** Asks for fields of records, on one sheet from the right. */
export function RequestSheet(_: RequestSheetProps) {
  return null;
}
