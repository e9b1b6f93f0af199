import { useRef, useState, type KeyboardEvent } from "react";
import { firstOf, matching, withAll, withBoxes, type Box } from "@/components/approvals/narrow-choice";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";

/** Fewer records need no tools to choose among them. */
const few = 10;

interface Props {
  records: readonly Box[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

/** Up to 500 records as boxes: searched by their label, set in ranges with Shift, or the first so many. */
export function RecordBoxes({ records, chosen, onChange }: Props) {
  const [typed, setTyped] = useState("");
  const list = useRef<HTMLDivElement>(null);
  const last = useRef<string | null>(null);
  const on = new Set(chosen);
  const listed = matching(records, typed);
  // As they were asked for, in whatever order they were ticked.
  const change = (next: ReadonlySet<string>) =>
    onChange(records.flatMap(({ id }) => (next.has(id) ? [id] : [])));
  const set = (id: string, isOn: boolean, isRange: boolean) => {
    change(withBoxes(on, listed, { id, on: isOn, since: isRange ? last.current : null }));
    last.current = id;
  };
  const move = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    const boxes = [...(list.current?.querySelectorAll("input") ?? [])];
    const at = boxes.indexOf(event.target as HTMLInputElement);
    event.preventDefault();
    boxes[at + step]?.focus();
  };
  return (
    <fieldset className="w-full max-w-md min-w-0">
      <legend className="mb-1 text-sm font-medium">
        Records{" "}
        <output className="font-normal text-ink-muted">
          {on.size} of {records.length}
        </output>
      </legend>
      {records.length > few && (
        <Tools
          typed={typed}
          onType={setTyped}
          most={records.length}
          found={listed.length}
          onFirst={(count) => change(firstOf(records, count))}
          onAll={(isOn) => change(withAll(on, listed, isOn))}
        />
      )}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of the boxes inside */}
      <div ref={list} className="grid max-h-60 gap-1 overflow-y-auto pr-3" onKeyDown={move}>
        {listed.map(({ id, label }) => (
          <Checkbox
            key={id}
            checked={on.has(id)}
            onChange={(event) =>
              set(id, event.target.checked, (event.nativeEvent as MouseEvent).shiftKey === true)
            }
            label={<span className="font-mono text-sm">{label}</span>}
          />
        ))}
        {listed.length === 0 && <p className="text-sm text-ink-muted">No record is called that.</p>}
      </div>
    </fieldset>
  );
}

interface ToolsProps {
  typed: string;
  onType: (typed: string) => void;
  most: number;
  found: number;
  onFirst: (count: number) => void;
  onAll: (on: boolean) => void;
}

function Tools({ typed, onType, most, found, onFirst, onAll }: ToolsProps) {
  const isSearch = typed.trim() !== "";
  const what = isSearch ? `${found} found` : "all";
  return (
    <div className="mb-2 grid gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <Input
          type="search"
          aria-label="Search the records"
          placeholder="Search"
          className="min-w-32 flex-1"
          value={typed}
          onChange={(event) => onType(event.target.value)}
          onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
        />
        <div className="flex items-center gap-1.5">
          <label htmlFor="first-records" className="text-sm">
            The first
          </label>
          <Input
            id="first-records"
            type="number"
            min={0}
            max={most}
            className="w-20"
            placeholder={String(most)}
            onChange={(event) => event.target.value !== "" && onFirst(Number(event.target.value))}
          />
        </div>
      </div>
      <div className="flex flex-wrap items-center gap-2 text-xs text-ink-muted">
        <Button size="sm" disabled={found === 0} onClick={() => onAll(true)}>
          Take {what}
        </Button>
        <Button size="sm" disabled={found === 0} onClick={() => onAll(false)}>
          Leave {what} out
        </Button>
        <span className="hidden items-center gap-1 md:inline-flex">
          <Kbd>↑</Kbd> <Kbd>↓</Kbd> move, <Kbd>Shift</Kbd> takes a range
        </span>
      </div>
    </div>
  );
}
