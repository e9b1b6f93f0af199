"use client";

import { useEffect, useRef, useState } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import { Sensitivity } from "@/components/ui/sensitivity";
import type { GridColumn } from "@/lib/browse/view";

interface Props {
  columns: readonly GridColumn[];
  pageKey: string;
  onSelect: (column: number) => void;
}

/** One card for all columns: opens at the glyph that was pressed and says what the column holds and why it looks so. */
export function ColumnCard({ columns, pageKey, onSelect }: Props) {
  const card = useRef<HTMLDialogElement>(null);
  const [at, setAt] = useState(0);
  useEffect(() => {
    const head = document.querySelector<HTMLElement>("#grid thead");
    const open = (event: Event) => {
      const button =
        event.target instanceof Element ? event.target.closest<HTMLElement>("button[data-col]") : null;
      if (button === null) return;
      setAt(Number(button.dataset["col"]));
      card.current?.showPopover({ source: button });
    };
    head?.addEventListener("click", open);
    return () => head?.removeEventListener("click", open);
  }, [pageKey]);
  const column = columns[at];
  const close = () => card.current?.hidePopover();
  return (
    <dialog
      ref={card}
      popover="auto"
      aria-label={column === undefined ? "" : `About ${column.name}`}
      className="panel w-80 p-3"
    >
      {column !== undefined && (
        <div className="grid gap-2">
          <p className="flex items-baseline gap-2">
            <strong className="font-semibold break-all">{column.name}</strong>
            <code className="text-ink-muted">{column.typeName}</code>
          </p>
          {column.comment !== null && <p className="text-ink-muted">{column.comment}</p>}
          <p className="flex items-center gap-2">
            {column.classTitle}
            {column.sensitivity !== null && <Sensitivity level={column.sensitivity} showName />}
          </p>
          <p>
            {column.method} {column.why}
          </p>
          {column.look !== "clear" && <p className="text-ink-muted">{whyNot(column)}</p>}
          <div className="flex flex-wrap gap-2">
            {column.sortHref !== null && (
              <a href={column.sortHref} data-soft="" onClick={close} className={buttonClass({ size: "sm" })}>
                {sortWords[column.sorted ?? "none"]}
              </a>
            )}
            {column.filter !== null && (
              <Button size="sm" onClick={() => (close(), askToFilter(column.name))}>
                Filter
              </Button>
            )}
            {column.field !== null && !column.field.neverOpens && (
              <Button size="sm" onClick={() => (close(), onSelect(at))}>
                Select this column
              </Button>
            )}
          </div>
        </div>
      )}
    </dialog>
  );
}

const sortWords = { none: "Sort upwards", asc: "Sort downwards", desc: "Stop sorting" } as const;

function whyNot({ name, field }: GridColumn): string {
  const why = "It cannot be sorted or filtered: that would tell what the mask hides.";
  if (field === null) return `${why} A steward decides how “${name}” is shown.`;
  return field.neverOpens
    ? `${why} Values of this class open for nobody.`
    : `${why} Select its cells to request the values.`;
}

export const filterEvent = "browse-filter";

/** Asks the filter panel to open with a column. */
function askToFilter(name: string): void {
  document.dispatchEvent(new CustomEvent(filterEvent, { detail: name }));
}
