"use client";

import { ArrowDown, ArrowUp } from "lucide";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";

interface Props {
  all: readonly string[];
  draft: readonly string[];
  setDraft: (draft: readonly string[]) => void;
  onApply: (columns: readonly string[] | null) => void;
  isChosen: boolean;
}

/** The columns of a table to choose among and to move, those that are shown first. */
export function ColumnChooser({ all, draft, setDraft, onApply, isChosen }: Props) {
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
