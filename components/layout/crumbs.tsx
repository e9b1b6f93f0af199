import { SoftLink } from "@/components/ui/soft-link";

export interface Crumb {
  label: string;
  /** Missing for the page that is open. */
  href?: string;
}

/** The way to this page; part of the page, drawn in the bar above it. */
export function Crumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="crumbs">
      <ol className="flex min-w-0">
        {crumbs.map((crumb, index) => (
          <li key={index}>
            {crumb.href === undefined ? (
              <span aria-current="page">{crumb.label}</span>
            ) : (
              <SoftLink href={crumb.href}>{crumb.label}</SoftLink>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
