"use client";

import { Columns3 } from "lucide";
import { useRouter } from "next/navigation";
import { lazy, Suspense, useRef, useState } from "react";
import { Button } from "@/components/ui/button";

// Most visits leave the columns as they are: what chooses them is fetched when the button is approached.
const load = async () => ({ default: (await import("./column-chooser")).ColumnChooser });
const Chooser = lazy(load);
// Whoever opens it meanwhile is told if it does not come.
const preload = () => void load().catch(() => undefined);

interface Props {
  path: string;
  /** What the address says but for the columns. */
  keep: readonly (readonly [name: string, value: string])[];
  /** All columns of the table, in the order in which it first shows. */
  all: readonly string[];
  /** The columns that are shown, in their order. */
  shown: readonly string[];
  isChosen: boolean;
}

/** Which columns are shown, and in which order; the answer is an address. */
export function ChooseColumns({ path, keep, all, shown, isChosen }: Props) {
  const panel = useRef<HTMLDialogElement>(null);
  const [draft, setDraft] = useState<readonly string[] | null>(null);
  const router = useRouter();
  const label = `${shown.length} of ${all.length} columns`;
  const go = (columns: readonly string[] | null) => {
    panel.current?.hidePopover();
    router.push(`${path}${queryOf(keep, columns, all)}`);
  };
  return (
    <>
      <Button
        size="sm"
        icon={Columns3}
        aria-haspopup="dialog"
        onPointerEnter={preload}
        onFocus={preload}
        onClick={(event) => {
          setDraft(shown);
          panel.current?.showPopover({ source: event.currentTarget });
        }}
      >
        {shown.length === all.length ? "Columns" : label}
      </Button>
      <dialog
        ref={panel}
        popover="auto"
        aria-label="Columns"
        data-align="end"
        className="panel flex-col p-0 open:flex"
      >
        {draft !== null && (
          <Suspense>
            <Chooser all={all} draft={draft} setDraft={setDraft} onApply={go} isChosen={isChosen} />
          </Suspense>
        )}
      </dialog>
    </>
  );
}

const escapes: Record<string, string> = { "%": "%25", ",": "%2C", "*": "%2A" };

function queryOf(keep: Props["keep"], columns: readonly string[] | null, all: readonly string[]): string {
  const isAll = columns?.length === all.length && columns.every((name, at) => name === all[at]);
  const escaped = isAll
    ? "*"
    : columns?.map((name) => name.replace(/[%,*]/gu, (sign) => escapes[sign] ?? sign)).join(",");
  const query = new URLSearchParams(keep.map(([name, value]) => [name, value]));
  if (escaped !== undefined) query.set("cols", escaped);
  return query.size === 0 ? "" : `?${query.toString()}`;
}
