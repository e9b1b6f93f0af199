import Link from "next/link";
import type { ReactNode } from "react";

export interface Tab {
  href: string;
  label: ReactNode;
  count?: ReactNode;
}

/** Parts of one page as links, so that each has an address; `current` is the href of the one that is shown. */
export function Tabs({ label, tabs, current }: { label: string; tabs: readonly Tab[]; current: string }) {
  return (
    <nav aria-label={label} className="-mb-px flex gap-1 overflow-x-auto border-b">
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          prefetch={false}
          aria-current={tab.href === current ? "page" : undefined}
          className="flex h-9 items-center gap-1.5 border-b-2 border-transparent px-2.5 text-sm whitespace-nowrap text-ink-muted -outline-offset-2 hover:text-ink aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-ink"
        >
          {tab.label}
          {tab.count !== undefined && <span className="text-xs font-normal text-ink-faint">{tab.count}</span>}
        </Link>
      ))}
    </nav>
  );
}
