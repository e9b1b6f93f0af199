import type { ReactNode } from "react";
import { Mark } from "./mark";

interface Props {
  title: ReactNode;
  description?: ReactNode;
  /** Under the card: the demo's accounts, a link. */
  footer?: ReactNode;
  children: ReactNode;
}

/** The page of somebody who is not signed in: the mark, one card, nothing else. */
export function AuthCard({ title, description, footer, children }: Props) {
  return (
    <div className="auth">
      <main>
        <div className="w-full max-w-84">
          <p className="mb-5 flex items-center gap-2.5 text-lg font-semibold tracking-tight">
            <Mark size={28} />
            Glimpse
          </p>
          <div>
            <h1 className="text-lg font-semibold">{title}</h1>
            {description && <p className="mt-0.5 text-sm text-ink-muted">{description}</p>}
            <div className="mt-5">{children}</div>
          </div>
          {footer && <div className="mt-4 text-sm text-ink-muted">{footer}</div>}
        </div>
      </main>
    </div>
  );
}
