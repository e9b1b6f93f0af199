"use client";

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { SoftLink } from "@/components/ui/soft-link";

/** A link of the rail or its menu that marks itself while its page, or one below it, is open. */
export function NavLink({
  href,
  className,
  children,
}: {
  href: string;
  className?: string;
  children: ReactNode;
}) {
  const path = usePathname();
  const current = path === href || path.startsWith(`${href}/`);
  return (
    <SoftLink href={href} aria-current={current ? "page" : undefined} className={className}>
      {children}
    </SoftLink>
  );
}
