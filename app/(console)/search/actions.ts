"use server";

import { searchRecords, searchSchema } from "@/lib/browse/search-records";
import type { SearchOutcome } from "@/lib/browse/view";
import { formValues, run } from "@/lib/web/run";

/** Its term is in the body of a POST and in no address: what people paste there may be more than they think. */
export async function search(_: SearchOutcome | null, form: FormData): Promise<SearchOutcome> {
  const action = {
    name: "search",
    permission: "browse",
    input: searchSchema,
    deed: searchRecords,
  } as const;
  return run(action, formValues(form));
}
