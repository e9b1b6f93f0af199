"use client";

import { Lock, X } from "lucide";
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import type { GridColumn } from "@/lib/browse/view";
import type { FieldChoice, RequestActions } from "@/lib/requests/view";
import { ColumnCard } from "./column-card";
import { countOf, fieldOf } from "./field-choice";
import { reach } from "./selection";
import { useCellTips } from "./use-cell-tips";
import { useSelection } from "./use-selection";

// Most visits of a table end without a request: the sheet is loaded when it is asked for.
const RequestSheet = lazy(async () => ({
  default: (await import("@/components/requests/request-sheet")).RequestSheet,
}));

interface Props {
  tableId: string;
  tableLabel: string;
  columns: readonly GridColumn[];
  pageKey: string;
  actions: RequestActions;
}

type Asked = { records: readonly string[]; fields: readonly FieldChoice[] };

/** All that makes the table of a page interactive: selection, the cards of its columns, and the way to a request. */
export function GridTools({ tableId, tableLabel, columns, pageKey, actions }: Props) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const [isOpen, setOpen] = useState(false);
  const selectable = useMemo(
    () => columns.map(({ field }) => field !== null && !field.neverOpens),
    [columns],
  );
  const onEnter = useRef(() => {});
  const { selection, clear, selectColumn } = useSelection(pageKey, selectable, onEnter);
  const request = () => {
    const { rows, columns: at } = reach(selection, selectable);
    const fields = at.flatMap((index) => fieldOf(columns[index]) ?? []);
    if (rows.length === 0 || fields.length === 0) return;
    setAsked({ records: rows.flatMap((row) => handleOf(row) ?? []), fields });
    setOpen(true);
  };
  useEffect(() => {
    onEnter.current = request;
  });
  useCellTips(columns);
  const close = useCallback(() => setOpen(false), []);
  const { rows, columns: at, named } = reach(selection, selectable);
  return (
    <>
      <ColumnCard columns={columns} pageKey={pageKey} onSelect={selectColumn} />
      {rows.length > 0 && (
        <div role="region" aria-label="Selection" className="selection-bar">
          <p className={named ? "sr-only" : "pl-2 text-sm"} role="status">
            {named
              ? `${countOf(at.length, "field")} of ${countOf(rows.length, "record")}`
              : countOf(rows.length, "record")}
          </p>
          <Button
            variant="primary"
            size="sm"
            icon={Lock}
            onClick={request}
            {...(at.length === 0
              ? { reason: "No field of this table is masked in a way that can be opened." }
              : {})}
          >
            {named
              ? `Request ${countOf(at.length, "field")} of ${countOf(rows.length, "record")}`
              : "Request fields"}
          </Button>
          <IconButton icon={X} label="Clear the selection" size="sm" onClick={clear} />
        </div>
      )}
      {asked !== null && (
        <Suspense>
          <RequestSheet
            tableId={tableId}
            tableLabel={tableLabel}
            records={asked.records}
            fields={asked.fields}
            actions={actions}
            open={isOpen}
            onClose={close}
          />
        </Suspense>
      )}
    </>
  );
}

function handleOf(row: number): string | null {
  const table = document.querySelector<HTMLTableElement>("#grid");
  return table?.tBodies[0]?.rows[row]?.dataset["r"] ?? null;
}
