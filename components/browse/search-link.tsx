"use client";

import { Search } from "lucide";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { buttonClass } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Kbd } from "@/components/ui/kbd";

/** Leads to the search of all sources, by click or by the key `/` while nobody types. */
export function SearchLink({ href }: { href: string }) {
  const router = useRouter();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof Element && event.target.closest("input, textarea, select, dialog")) return;
      event.preventDefault();
      router.push(href);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [router, href]);
  return (
    <a href={href} data-soft="" aria-keyshortcuts="/" className={buttonClass({})}>
      <Icon of={Search} aria-hidden size={15} />
      Search records
      <span aria-hidden className="ml-1.5">
        <Kbd>/</Kbd>
      </span>
    </a>
  );
}
