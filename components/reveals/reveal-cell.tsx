"use client";

import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";

export type RevealCellProps = {
  grantId: string;
  record: string;
  columnId: string;
  className?: string;
  /** What the cell shows masked. */
  children: ReactNode;
};

/** A table cell whose value a live grant opens; shows the masked text before, after and whenever in doubt. */
export function RevealCell({ className, children }: RevealCellProps) {
  return (
    <td data-veil="granted" className={cx(className)}>
      {children}
    </td>
  );
}
