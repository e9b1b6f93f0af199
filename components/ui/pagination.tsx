import { ChevronLeft, ChevronRight, type IconNode } from "lucide";
import type { ReactNode } from "react";
import { ButtonLink, Button } from "./button";

interface Props {
  /** Names the navigation: "Pages of customers". */
  label: string;
  previousHref?: string | undefined;
  nextHref?: string | undefined;
  /** What is shown, in words: "Rows 51–100 of about 50,000". */
  children?: ReactNode;
}

/** Previous and next by links. A step that does not exist is a button that says so. */
export function Pagination({ label, previousHref, nextHref, children }: Props) {
  return (
    <nav aria-label={label} className="flex items-center gap-2 text-sm text-ink-muted">
      <p className="mr-auto">{children}</p>
      <Step
        icon={ChevronLeft}
        label="Previous"
        href={previousHref}
        reason="This is the first page"
        rel="prev"
      />
      <Step icon={ChevronRight} label="Next" href={nextHref} reason="This is the last page" rel="next" />
    </nav>
  );
}

interface StepProps {
  icon: IconNode;
  label: string;
  href: string | undefined;
  reason: string;
  rel: "prev" | "next";
}

function Step({ icon, label, href, reason, rel }: StepProps) {
  const look = { size: "sm", icon, className: rel === "next" ? "flex-row-reverse" : undefined } as const;
  if (href === undefined) {
    return (
      <Button reason={reason} {...look}>
        {label}
      </Button>
    );
  }
  return (
    <ButtonLink href={href} rel={rel} {...look}>
      {label}
    </ButtonLink>
  );
}
