import type { ReactNode } from "react";
import { TextLink } from "@/components/ui/text-link";

interface Props {
  title: string;
  /** A word or number beside the title. */
  beside?: ReactNode;
  more?: { href: string; label: string };
  children: ReactNode;
}

/** One answer of the home page: a title, a few lines, and where the rest is. */
export function HomeCard({ title, beside, more, children }: Props) {
  return (
    <section aria-label={title} className="rounded-md border bg-surface">
      <header className="flex items-center gap-2 border-b px-4 py-2.5">
        <h2 className="font-semibold">{title}</h2>
        {beside}
        {more && (
          <TextLink href={more.href} className="ml-auto text-sm">
            {more.label}
          </TextLink>
        )}
      </header>
      {children}
    </section>
  );
}

/** Stands in a card that has nothing to list: that this is fine, or what to do. */
export function Nothing({ children }: { children: ReactNode }) {
  return <p className="px-4 py-3 text-sm text-ink-muted">{children}</p>;
}
