import { z } from "zod";
import { idInput } from "@/lib/id-input";

/** Which cases are wanted: open ones unless the address says otherwise. */
export type CaseFilter = {
  state: "open" | "closed" | "all";
  personId?: string | undefined;
  before?: number | undefined;
};

const parts = {
  state: z.enum(["open", "closed", "all"]),
  personId: idInput(),
  before: z.coerce.number().int().min(1).max(2_147_483_647),
};

/** Reads a filter from the parameters of an address; what cannot be read is left out and named. */
export function parseCaseFilter(params: Readonly<Record<string, string | string[] | undefined>>): {
  filter: CaseFilter;
  unread: string[];
} {
  const filter: Record<string, unknown> = { state: "open" };
  const unread: string[] = [];
  for (const [name, schema] of Object.entries(parts)) {
    const text = params[name];
    if (text === undefined || text === "") continue;
    const parsed = schema.safeParse(text);
    if (parsed.success) filter[name] = parsed.data;
    else unread.push(name);
  }
  return { filter: filter as CaseFilter, unread };
}

/** The filter as an address of the list. */
export function casesHref({ state, personId, before }: CaseFilter): string {
  const params = new URLSearchParams({
    ...(state === "open" ? {} : { state }),
    ...(personId && { personId }),
    ...(before && { before: String(before) }),
  });
  return params.size === 0 ? "/reports/anomalies" : `/reports/anomalies?${params}`;
}
