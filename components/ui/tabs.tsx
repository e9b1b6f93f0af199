import type { ReactNode } from "react";
import { SoftLink } from "./soft-link";

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
        <SoftLink
          key={tab.href}
          href={tab.href}
          aria-current={tab.href === current ? "page" : undefined}
          className="tab"
        >
          {tab.label}
          {tab.count !== undefined && <span className="text-xs font-normal text-ink-faint">{tab.count}</span>}
        </SoftLink>
      ))}
    </nav>
  );
}
