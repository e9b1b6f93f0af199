"use client";

import { PanelLeft, Search } from "lucide";
import { usePathname } from "next/navigation";
import { useEffect, useState, type ReactNode } from "react";
import { Icon } from "@/components/ui/icon";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";

interface Props {
  isClosed: boolean;
  treeId: string;
  /** The tree. */
  tree: ReactNode;
  children: ReactNode;
}

const oneYearSeconds = 31_536_000;

/** The tree at the left of a table: closes to a strip, is searched as one types, and lies over the page on a phone. */
export function TreePanel({ isClosed, treeId, tree, children }: Props) {
  const [isOpen, setOpen] = useState(!isClosed);
  const path = usePathname();
  // On a phone the tree has done its work once it led to another place.
  const [shownOn, setShownOn] = useState<string | null>(null);
  const state = shownOn === path ? "shown" : isOpen ? "open" : "closed";
  const toggle = () => {
    if (matchMedia("(width < 768px)").matches) return setShownOn(shownOn === path ? null : path);
    setOpen(!isOpen);
    const next = isOpen ? "closed" : "open";
    document.cookie = `glimpse-tree=${next}; path=/browse; max-age=${oneYearSeconds}; samesite=lax`;
  };
  const label = state === "closed" ? "Show the tables" : "Hide the tables";
  return (
    <div className="browse" data-tree={state}>
      <aside className="tree" aria-label="Sources and tables">
        <div className="flex h-11 items-center px-2">
          <IconButton
            icon={PanelLeft}
            size="sm"
            label={label}
            aria-expanded={state !== "closed"}
            onClick={toggle}
          />
        </div>
        <TreeSearch treeId={treeId} />
        {tree}
      </aside>
      <div className="browse-main">
        <div className="tree-open">
          <IconButton
            icon={PanelLeft}
            size="sm"
            label="Show the tables"
            aria-expanded={state === "shown"}
            onClick={toggle}
          />
        </div>
        {children}
      </div>
      {state === "shown" && (
        <button
          type="button"
          aria-label="Hide the tables"
          className="tree-behind"
          onClick={() => setShownOn(null)}
        />
      )}
    </div>
  );
}

/** Marks the table that is open; stands beside the tree, so that its effect runs once the tree is there. */
export function TreeMark({ treeId }: { treeId: string }) {
  const path = usePathname();
  useEffect(() => markCurrent(treeId, path), [treeId, path]);
  return null;
}

/** Hides what does not contain the words typed; the tree itself is never drawn again. */
export function TreeSearch({ treeId }: { treeId: string }) {
  return (
    <div className="relative px-2 pb-2">
      <Icon
        of={Search}
        aria-hidden
        size={14}
        className="pointer-events-none absolute top-2 left-4.5 text-ink-faint"
      />
      <Input
        type="search"
        aria-label="Find a table"
        placeholder="Find a table"
        className="pl-8"
        onChange={(event) => search(treeId, event.target.value)}
      />
    </div>
  );
}

function search(treeId: string, typed: string): void {
  const tree = document.getElementById(treeId);
  const words = typed.toLowerCase().split(/\s+/u).filter(Boolean);
  for (const item of tree?.querySelectorAll<HTMLElement>("li") ?? []) {
    const text = item.querySelector("a")?.getAttribute("href")?.toLowerCase() ?? "";
    item.hidden = !words.every((word) => text.includes(encodeURIComponent(word)));
  }
  for (const branch of tree?.querySelectorAll("details") ?? []) {
    branch.hidden = words.length > 0 && branch.querySelector("li:not([hidden])") === null;
    if (words.length > 0 && !branch.hidden) branch.open = true;
  }
}

function markCurrent(treeId: string, path: string): void {
  const tree = document.getElementById(treeId);
  for (const link of tree?.querySelectorAll("a") ?? []) {
    const href = link.getAttribute("href") ?? "";
    if (path !== href && !path.startsWith(`${href}/`)) link.removeAttribute("aria-current");
    else {
      link.setAttribute("aria-current", "page");
      for (let at = link.closest("details"); at !== null; at = at.parentElement?.closest("details") ?? null)
        at.open = true;
      link.scrollIntoView({ block: "nearest" });
    }
  }
}
