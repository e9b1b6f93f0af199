import { z } from "zod";
import type { InboxQuery } from "@/lib/approvals/view";
import { idInput } from "@/lib/id-input";

const parts = {
  requester: idInput(),
  table: idInput(),
  grade: z.enum(["low", "medium", "high"]),
  group: z.enum(["requester", "table"]),
  after: z.string().min(1).max(40),
};

/** What of the inbox is wanted, from the parameters of a URL; what cannot be read is left out. */
export function parseInboxQuery(params: Record<string, string | string[] | undefined>): InboxQuery {
  const query: Record<string, string> = {};
  for (const [name, schema] of Object.entries(parts)) {
    const parsed = schema.safeParse(params[name]);
    if (parsed.success) query[name] = parsed.data;
  }
  return query;
}
