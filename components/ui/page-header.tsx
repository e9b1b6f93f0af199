import type { ReactNode } from "react";

interface Props {
  title: ReactNode;
  description?: ReactNode;
  /** Badges and glyphs beside the title. */
  beside?: ReactNode;
  actions?: ReactNode;
}

/** The one h1 of a page, a sentence about it, and what can be done with all of it. */
export function PageHeader({ title, description, beside, actions }: Props) {
  return (
    <header className="flex flex-wrap items-start gap-x-6 gap-y-3">
      <div className="min-w-0 flex-[1_1_260px]">
        <div className="flex flex-wrap items-center gap-2">
          <h1 className="text-xl font-semibold tracking-tight text-balance">{title}</h1>
          {beside}
        </div>
        {description && <p className="mt-0.5 max-w-prose text-sm text-ink-muted">{description}</p>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}
