import { cookies } from "next/headers";
import { type ReactNode, Suspense } from "react";
import { Frame } from "@/components/layout/frame";
import { parseTheme, themeCookie } from "@/components/layout/theme";
import { Count } from "@/components/ui/badge";
import type { Context } from "@/lib/auth/context";
import { countInbox } from "@/lib/home/count-inbox";
import { rolesInWords } from "@/lib/people/role";
import { currentContext } from "@/lib/web/context";
import { setTheme, signOut } from "./actions";
import { placesFor } from "./places";

// Only the frame: each page checks the permission of its own, because a layout does not run again (trap 2).
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const ctx = await currentContext();
  if (!ctx) return children;
  const theme = parseTheme((await cookies()).get(themeCookie)?.value);
  const badges = {
    "/inbox": (
      <Suspense>
        <InboxCount ctx={ctx} />
      </Suspense>
    ),
  };
  const items = placesFor(ctx.actor.roles).map((place) => ({
    ...place,
    ...(place.href in badges ? { badge: badges[place.href as keyof typeof badges] } : {}),
  }));
  return (
    <Frame
      items={items}
      commands={items.map(({ href, label }) => ({ href, label, group: "Pages" }))}
      person={{ name: ctx.actor.name, roles: rolesInWords(ctx.actor.roles), theme, setTheme, signOut }}
    >
      {children}
    </Frame>
  );
}

async function InboxCount({ ctx }: { ctx: Context }) {
  return <Count value={await countInbox(ctx)} label="waiting for you" />;
}
