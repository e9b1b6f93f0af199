"use client";

import { CopyButton } from "@/components/ui/copy-button";

/** Copies the address of the page: it holds the table, its filters, sort and columns, and no masked value. */
export function CopyLink() {
  return <CopyButton text={() => location.href} label="Copy a link to this view" />;
}
