import Link from "next/link";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { rolesAllow, type Permission } from "@/lib/auth/permissions";
import { currentContext } from "@/lib/web/context";
import { signOut } from "./actions";

const places: readonly { href: string; label: string; permission: Permission }[] = [
  { href: "/browse", label: "Browse", permission: "browse" },
  { href: "/requests", label: "Requests", permission: "request" },
  { href: "/inbox", label: "Inbox", permission: "decide" },
  { href: "/audit", label: "Audit", permission: "audit" },
  { href: "/catalog", label: "Catalogue", permission: "catalog" },
  { href: "/people", label: "People", permission: "people" },
  { href: "/settings", label: "Settings", permission: "settings" },
];

// Only the frame: each page checks the permission of its own, because a layout does not run again (trap 2).
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const ctx = await currentContext();
  if (!ctx) return children;
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex flex-wrap items-center gap-4 border-b border-line px-4 py-2">
        <Link href="/" prefetch={false} className="font-medium">Glimpse</Link>
        <nav className="flex flex-wrap gap-3 text-sm">
          {places.filter(({ permission }) => rolesAllow(ctx.actor.roles, permission)).map(({ href, label }) => (
            <Link key={href} href={href} prefetch={false}>{label}</Link>
          ))}
        </nav>
        <form action={signOut} className="ml-auto flex items-center gap-3 text-sm">
          {ctx.actor.name}
          <Button type="submit" size="sm">Sign out</Button>
        </form>
      </header>
      <main className="min-w-0 flex-1">{children}</main>
    </div>
  );
}
