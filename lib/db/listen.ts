import "server-only";
import postgres from "postgres";
import { env } from "@/lib/env";

export type Listening = { end: () => Promise<void> };

/**
 * Listens to a channel of the control database over a connection of its own, which is made again whenever it is lost;
 * `connected` says each time that it stands, because what was sent in between is gone.
 */
export function listen(
  channel: string,
  { hear, connected }: { hear: (message: string) => void; connected: () => void },
): Listening {
  const client = postgres(env().databaseUrl, {
    max: 1,
    connect_timeout: 10,
    onnotice: () => {},
    connection: { application_name: "glimpse-listen", role: "glimpse_app" },
  });
  // The driver goes on trying, ever more slowly; its words are of no use to anybody.
  client.listen(channel, hear, connected).catch(() => undefined);
  return { end: () => client.end({ timeout: 1 }) };
}
