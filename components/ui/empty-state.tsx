import { CircleAlert, type IconNode } from "lucide";
import type { ReactNode } from "react";
import { Icon } from "./icon";

interface Props {
  icon: IconNode;
  title: ReactNode;
  /** Is all that the page says, so that its title is the title of the page. */
  isPage?: boolean;
  /** What to do about it. */
  children?: ReactNode;
  actions?: ReactNode;
}

/** Stands where a list would be: what is missing and what to do. */
export function EmptyState({ icon, title, isPage = false, children, actions }: Props) {
  const Title = isPage ? "h1" : "h2";
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-1 px-6 py-12 text-center">
      <span className="mb-2 grid size-10 place-items-center rounded-full border bg-surface text-ink-muted">
        <Icon of={icon} aria-hidden size={18} strokeWidth={1.5} />
      </span>
      <Title className="text-base font-semibold">{title}</Title>
      {children && <div className="text-sm text-balance text-ink-muted">{children}</div>}
      {actions && <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}

/** What went wrong, that nothing changed, what to do next; `reference` is the id under which the log has it. */
export function ErrorState({
  title,
  isPage = false,
  children,
  actions,
  reference,
}: Omit<Props, "icon"> & { reference?: string | undefined }) {
  return (
    <div role="alert">
      <EmptyState icon={CircleAlert} title={title} isPage={isPage} actions={actions}>
        {children}
        {reference && (
          <p className="mt-2 text-xs">
            Reference <code>{reference}</code>
          </p>
        )}
      </EmptyState>
    </div>
  );
}
