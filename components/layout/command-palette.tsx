"use client";

import { Search } from "lucide";
import { useRouter } from "next/navigation";
import { useEffect, useId, useRef, useState } from "react";
import { Icon } from "@/components/ui/icon";
import { Kbd } from "@/components/ui/kbd";
import { bestCommands, type Command } from "./command";

interface Props {
  open: boolean;
  onClose: () => void;
  commands: readonly Command[];
  loadCommands?: () => Promise<readonly Command[]>;
}

const shownAtMost = 40;

/** Goes to any page or table by a few letters. Default export because it is fetched lazily. */
// oxlint-disable-next-line import/no-default-export -- lazy() takes a module's default
export default function CommandPalette({ open, onClose, commands, loadCommands }: Props) {
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  const router = useRouter();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const more = useMore(open, loadCommands);
  const found = inGroups(bestCommands(typed, [...commands, ...more], shownAtMost), typed === "");

  useEffect(() => {
    if (open && !box.current?.open) {
      setTyped("");
      setAt(0);
      box.current?.showModal();
    }
    if (!open) box.current?.close();
  }, [open]);
  useEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: "nearest" });
  }, [id, at]);

  const go = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    router.push(command.href);
  };
  const step = (by: number) => setAt((before) => (before + by + found.length) % Math.max(1, found.length));

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the backdrop is the dialog itself
    <dialog
      ref={box}
      aria-label="Go to a page or a table"
      className="dialog palette"
      onClose={onClose}
      onMouseDown={(event) => event.target === box.current && onClose()}
    >
      <div className="flex items-center gap-2 border-b px-4">
        <Icon of={Search} aria-hidden size={16} className="shrink-0 text-ink-muted" />
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={found.length > 0 ? `${id}-${at}` : undefined}
          aria-autocomplete="list"
          aria-label="Page or table"
          placeholder="Page or table"
          autoComplete="off"
          spellCheck={false}
          className="h-12 min-w-0 flex-1 bg-transparent text-lg outline-none"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
          }}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (event.key === "ArrowDown") step(1);
            else if (event.key === "ArrowUp") step(-1);
            else if (event.key === "Enter") go(found[at]);
            else return;
            event.preventDefault();
          }}
        />
        <Kbd>Esc</Kbd>
      </div>
      <Results id={id} found={found} at={at} onPoint={setAt} onGo={go} />
    </dialog>
  );
}

interface ResultsProps {
  id: string;
  found: readonly Command[];
  at: number;
  onPoint: (index: number) => void;
  onGo: (command: Command) => void;
}

function Results({ id, found, at, onPoint, onGo }: ResultsProps) {
  if (found.length === 0)
    return <p className="px-4 py-6 text-sm text-ink-muted">No page or table has these letters.</p>;
  return (
    <div
      id={`${id}-list`}
      role="listbox"
      aria-label="Pages and tables"
      className="max-h-90 overflow-y-auto p-1.5"
    >
      {found.map((command, index) => (
        <div key={command.href}>
          {command.group !== found[index - 1]?.group && (
            <p className="px-2.5 pt-2 pb-1 text-xs text-ink-muted">{command.group}</p>
          )}
          {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are the field's */}
          <div
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className="cursor-pointer rounded-sm px-2.5 py-1.5 text-sm aria-selected:bg-accent-tint aria-selected:text-accent"
            onPointerMove={() => onPoint(index)}
            onClick={() => onGo(command)}
          >
            {command.label}
          </div>
        </div>
      ))}
    </div>
  );
}

function inGroups(found: readonly Command[], keepOrder: boolean): readonly Command[] {
  if (keepOrder) return found;
  const groups = [...new Set(found.map((command) => command.group))];
  return groups.flatMap((group) => found.filter((command) => command.group === group));
}

function useMore(open: boolean, load: Props["loadCommands"]): readonly Command[] {
  const [more, setMore] = useState<readonly Command[]>([]);
  useEffect(() => {
    if (!open || !load) return;
    let stale = false;
    load().then(
      (commands) => stale || setMore(commands),
      // Without the tables the palette still knows the pages.
      () => undefined,
    );
    return () => {
      stale = true;
    };
  }, [open, load]);
  return more;
}
