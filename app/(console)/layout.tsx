import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { ForwardAlarm } from "@/components/audit/forward-alarm";
import { Downloads } from "@/components/downloads/on-demand";
import { LogAlarm } from "@/components/audit/log-alarm";
import { InboxCount } from "@/components/approvals/inbox-count";
import { Frame } from "@/components/layout/frame";
import { parseTheme, themeCookie } from "@/components/layout/theme";
import { StopBanner } from "@/components/layout/stop-banner";
import { DemoMenu } from "@/components/people/demo-switch";
import { LitPill } from "@/components/reveals/lit-pill";
import { readLogAlarm } from "@/lib/audit/keep-log";
import { hasDownloads } from "@/lib/downloads/list-downloads";
import { rolesAllow } from "@/lib/auth/permissions";
import { readForwardAlarm } from "@/lib/forwarding/read-forwarding";
import { demoChoices } from "@/lib/people/become-demo-person";
import { readStops } from "@/lib/people/list-stops";
import { rolesInWords } from "@/lib/people/role";
import { readLive } from "@/lib/reveals/read-live";
import type { Live } from "@/lib/reveals/view";
import { currentContext } from "@/lib/web/context";
import { becomePerson } from "../(auth)/actions";
import { cancelDownload, findTables, setTheme, signOut } from "./actions";
import { placesFor } from "./places";
import { giveBack } from "./requests/actions";

// Only the frame: each page checks the permission of its own, because a layout does not run again (trap 2).
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const ctx = await currentContext();
  if (!ctx) return children;
  const { name, roles } = ctx.actor;
  const theme = parseTheme((await cookies()).get(themeCookie)?.value);
  const [stops, late, running] = await Promise.all([
    readStops(ctx),
    readForwardAlarm(ctx),
    hasDownloads(ctx),
  ]);
  const live = readLive(ctx);
  // Both parts below may be dropped with a refused page: their failure must not end the process.
  live.catch(() => undefined);
  const items = placesFor(roles).map((place) =>
    place.href === "/inbox" ? { ...place, badge: <Waiting live={live} /> } : place,
  );
  return (
    <Frame
      items={items}
      commands={[
        ...items.map(({ href, label }) => ({ href, label, group: "Pages" })),
        ...(rolesAllow(roles, "browse")
          ? [{ href: "/search", label: "Search records", group: "Pages" }]
          : []),
      ]}
      {...(rolesAllow(roles, "browse") ? { loadCommands: findTables } : {})}
      lit={rolesAllow(roles, "reveal") && <Lit live={live} />}
      person={{
        name,
        roles: rolesInWords(roles),
        theme,
        setTheme,
        signOut,
        children: <DemoMenu choices={demoChoices(ctx)} become={becomePerson} />,
      }}
    >
      <LogAlarm alarm={readLogAlarm(ctx)} />
      <ForwardAlarm late={late} mayRead={rolesAllow(roles, "audit")} />
      <StopBanner stops={stops} />
      {children}
      <Downloads areRunning={running} cancel={cancelDownload} />
    </Frame>
  );
}

async function Waiting({ live }: { live: Promise<Live> }) {
  return <InboxCount initial={(await live).inboxCount} />;
}

async function Lit({ live }: { live: Promise<Live> }) {
  return <LitPill live={await live} giveBack={giveBack} />;
}
