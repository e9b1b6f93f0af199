"use client";

import { useRouter } from "next/navigation";
import { useEffect, useTransition } from "react";

/**
 * Follows the plain links and forms of this place that say `data-soft` without loading the page anew, and without
 * scrolling where they say `keep`. One listener instead of a component for each of a hundred links.
 */
export function SoftLinks() {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  useEffect(() => {
    const follow = (event: MouseEvent | SubmitEvent) => {
      const href = event.defaultPrevented ? null : hrefOf(event);
      if (href === null) return;
      event.preventDefault();
      const keepsPlace =
        event.target instanceof Element && event.target.closest("[data-soft='keep']") !== null;
      startTransition(() => router.push(href, { scroll: !keepsPlace }));
    };
    document.addEventListener("click", follow);
    document.addEventListener("submit", follow);
    return () => {
      document.removeEventListener("click", follow);
      document.removeEventListener("submit", follow);
    };
  }, [router]);
  return <div aria-hidden className="soft-progress" data-pending={isPending} />;
}

function hrefOf(event: MouseEvent | SubmitEvent): string | null {
  if (!(event.target instanceof Element)) return null;
  if (event instanceof SubmitEvent) return event.target.matches("form[data-soft]") ? hrefOfForm(event) : null;
  const link = event.target.closest<HTMLAnchorElement>("a[data-soft]");
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  const isOurs = link !== null && link.target === "" && !link.hasAttribute("download");
  return isOurs && isPlain ? link.href : null;
}

function hrefOfForm({ target, submitter }: SubmitEvent): string {
  const form = target as HTMLFormElement;
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form, submitter))
    if (typeof value === "string") query.append(name, value);
  return `${form.action.replace(/[?#].*$/u, "")}?${query.toString()}`;
}
