import { momentWords } from "@/lib/requests/local-moment";
import type { Beside } from "@/lib/requests/request-brief";
import type { LinkedRequest } from "@/lib/requests/view";

/** When a request starts, in words where its reader is, and the request that it goes on from. */
export function chainOf(
  { request, parent }: { request: { notBefore: Date | null }; parent: LinkedRequest | null },
  timeZone: string,
): Omit<Beside, "cohort"> {
  const { notBefore } = request;
  return { notBefore: notBefore && momentWords(notBefore, timeZone), parent };
}
