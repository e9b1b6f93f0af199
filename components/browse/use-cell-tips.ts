"use client";

import { useEffect } from "react";
import type { GridColumn } from "@/lib/browse/view";

/** Gives a masked cell its tip when somebody points at it or focuses it, so that a thousand cells need not carry one. */
export function useCellTips(columns: readonly GridColumn[]): void {
  useEffect(() => {
    const explain = (event: Event) => {
      const cell =
        event.target instanceof Element
          ? event.target.closest<HTMLTableCellElement>("#grid tbody [data-veil]")
          : null;
      const column = cell === null ? undefined : columns[cell.cellIndex - 1];
      if (cell === null || column === undefined) return;
      const veil = cell.dataset["veil"] ?? "";
      // What is shown says itself, and a tip from before would be wrong by now.
      if (veil === "revealed") delete cell.dataset["tip"];
      else cell.dataset["tip"] = tipOf(column, veil);
    };
    // In the capture phase: the tip must stand before the tips of the page look for it.
    document.addEventListener("pointerover", explain, true);
    document.addEventListener("focusin", explain, true);
    return () => {
      document.removeEventListener("pointerover", explain, true);
      document.removeEventListener("focusin", explain, true);
    };
  }, [columns]);
}

function tipOf({ classTitle, method, field }: GridColumn, veil: string): string {
  if (veil === "asked") return `${classTitle}. You asked for it; the request is waiting to be decided.`;
  if (veil === "granted") return `${classTitle}. You may open it.`;
  const next = field === null ? "" : field.neverOpens ? " It opens for nobody." : " Select it to request it.";
  return `${classTitle}. ${method}${next}`;
}
