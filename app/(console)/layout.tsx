import { cookies } from "next/headers";
import { type ReactNode, Suspense } from "react";
import { InboxCount } from "@/components/approvals/inbox-count";
import { Frame } from "@/components/layout/frame";
import { parseTheme, themeCookie } from "@/components/layout/theme";
import { LitPill } from "@/components/reveals/lit-pill";
import { rolesInWords } from "@/lib/people/role";
import { readLive } from "@/lib/reveals/read-live";
import type { Live } from "@/lib/reveals/view";
import { currentContext } from "@/lib/web/context";
import { setTheme, signOut } from "./actions";
import { placesFor } from "./places";
import { giveBack } from "./requests/actions";

// Only the frame: each page checks the permission of its own, because a layout does not run again (trap 2).
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const ctx = await currentContext();
  if (!ctx) return children;
  const theme = parseTheme((await cookies()).get(themeCookie)?.value);
  const live = readLive(ctx);
  const badges = {
    "/inbox": (
      <Suspense>
        <Waiting live={live} />
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
      lit={
        <Suspense>
          <Lit live={live} />
        </Suspense>
      }
      person={{ name: ctx.actor.name, roles: rolesInWords(ctx.actor.roles), theme, setTheme, signOut }}
    >
      {children}
    </Frame>
  );
}

async function Waiting({ live }: { live: Promise<Live> }) {
  return <InboxCount initial={(await live).inboxCount} />;
}

async function Lit({ live }: { live: Promise<Live> }) {
  return <LitPill live={await live} giveBack={giveBack} />;
}
