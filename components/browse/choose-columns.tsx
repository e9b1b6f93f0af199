"use client";

import { ArrowDown, ArrowUp, Columns3 } from "lucide";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";

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
          <Chooser all={all} draft={draft} setDraft={setDraft} onApply={go} isChosen={isChosen} />
        )}
      </dialog>
    </>
  );
}

const escapes: Record<string, string> = { "%": "%25", ",": "%2C", "*": "%2A" };

interface ChooserProps {
  all: readonly string[];
  draft: readonly string[];
  setDraft: (draft: readonly string[]) => void;
  onApply: (columns: readonly string[] | null) => void;
  isChosen: boolean;
}

function Chooser({ all, draft, setDraft, onApply, isChosen }: ChooserProps) {
  const [search, setSearch] = useState("");
  const wanted = search.trim().toLowerCase();
  const rows = [...draft, ...all.filter((name) => !draft.includes(name))];
  const move = (name: string, by: number) => {
    const at = draft.indexOf(name);
    const next = draft.filter((other) => other !== name);
    setDraft([...next.slice(0, at + by), name, ...next.slice(at + by)]);
  };
  return (
    <div className="flex max-h-[inherit] w-72 flex-col">
      <div className="border-b p-2">
        <Input
          aria-label="Find a column"
          placeholder="Find a column"
          type="search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      <ul className="min-h-0 flex-1 overflow-auto p-1">
        {rows
          .filter((name) => name.toLowerCase().includes(wanted))
          .map((name) => {
            const at = draft.indexOf(name);
            return (
              <li key={name} className="flex items-center rounded-sm px-1 hover:bg-hover">
                <label className="flex min-h-7 min-w-0 flex-1 items-center gap-2">
                  <input
                    type="checkbox"
                    className="check"
                    checked={at >= 0}
                    onChange={() =>
                      setDraft(at >= 0 ? draft.filter((other) => other !== name) : [...draft, name])
                    }
                  />
                  <span className="truncate">{name}</span>
                </label>
                {at > 0 && (
                  <IconButton
                    icon={ArrowUp}
                    size="sm"
                    label={`Move ${name} up`}
                    onClick={() => move(name, -1)}
                  />
                )}
                {at >= 0 && at < draft.length - 1 && (
                  <IconButton
                    icon={ArrowDown}
                    size="sm"
                    label={`Move ${name} down`}
                    onClick={() => move(name, 1)}
                  />
                )}
              </li>
            );
          })}
      </ul>
      <div className="flex gap-2 border-t p-2">
        <Button
          size="sm"
          variant="primary"
          onClick={() => onApply(draft)}
          {...(draft.length === 0 ? { reason: "Choose one column or more." } : {})}
        >
          Show {draft.length}
        </Button>
        <Button size="sm" variant="quiet" onClick={() => setDraft(all)}>
          All
        </Button>
        {isChosen && (
          <Button size="sm" variant="quiet" onClick={() => onApply(null)}>
            As at first
          </Button>
        )}
      </div>
    </div>
  );
}

function queryOf(keep: Props["keep"], columns: readonly string[] | null, all: readonly string[]): string {
  const isAll = columns?.length === all.length && columns.every((name, at) => name === all[at]);
  const escaped = isAll
    ? "*"
    : columns?.map((name) => name.replace(/[%,*]/gu, (sign) => escapes[sign] ?? sign)).join(",");
  const query = new URLSearchParams(keep.map(([name, value]) => [name, value]));
  if (escaped !== undefined) query.set("cols", escaped);
  return query.size === 0 ? "" : `?${query.toString()}`;
}
