import type { InboxQuery } from "@/lib/approvals/view";

/** The address of the inbox as it is filtered and grouped, with what is to be another way. */
export function inboxAddress(
  query: InboxQuery,
  change: { [Part in keyof InboxQuery]?: InboxQuery[Part] | undefined } & { request?: number } = {},
): string {
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...query, ...change })) {
    if (value !== undefined) parts.set(name, String(value));
  }
  return parts.size > 0 ? `/inbox?${parts}` : "/inbox";
}
