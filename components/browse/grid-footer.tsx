import { ChevronFirst, ChevronLast, ChevronLeft, ChevronRight, type IconNode } from "lucide";
import type { ReactNode } from "react";
import { Button, ButtonFace, buttonClass } from "@/components/ui/button";
import type { PageSteps, SizeChoice } from "@/lib/browse/view";

interface Props {
  label: string;
  steps: PageSteps;
  sizes: readonly SizeChoice[];
  /** How many rows are shown, and of about how many. */
  children: ReactNode;
}

/** Beneath the rows: how many there are, how many a page shows, and the way to the other pages. */
export function GridFooter({ label, steps, sizes, children }: Props) {
  return (
    <footer className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm text-ink-muted">
      <p className="mr-auto">{children}</p>
      <nav aria-label="Rows of a page" className="segments max-md:hidden">
        {sizes.map(({ size, href, isCurrent }) => (
          <a
            key={size}
            href={href}
            data-soft=""
            aria-current={isCurrent ? "true" : undefined}
            aria-label={`${size} rows`}
          >
            {size}
          </a>
        ))}
      </nav>
      <nav aria-label={`Pages of ${label}`} className="flex items-center gap-1">
        <Step icon={ChevronFirst} label="First" href={steps.first} reason="This is the first page." />
        <Step icon={ChevronLeft} label="Previous" href={steps.previous} reason="This is the first page." />
        <Step icon={ChevronRight} label="Next" href={steps.next} reason="This is the last page." />
        <Step
          icon={ChevronLast}
          label="Last"
          href={steps.last}
          reason="This is as far as one can go at once."
        />
      </nav>
    </footer>
  );
}

function Step({
  icon,
  label,
  href,
  reason,
}: {
  icon: IconNode;
  label: string;
  href: string | null;
  reason: string;
}) {
  const isIconOnly = label === "First" || label === "Last";
  const face = isIconOnly ? <span className="sr-only">{label}</span> : label;
  if (href === null) {
    return (
      <Button size="sm" icon={icon} reason={reason}>
        {face}
      </Button>
    );
  }
  return (
    <a
      href={href}
      data-soft=""
      className={buttonClass({ size: "sm" })}
      {...(isIconOnly ? { "data-tip": label } : {})}
    >
      <ButtonFace icon={icon}>{face}</ButtonFace>
    </a>
  );
}
