import { roles, type Role } from "@/lib/db/schema/people";
import type { PeopleFilter, PersonState } from "@/lib/people/view";

const states = ["active", "invited", "disabled"] as const satisfies readonly PersonState[];
const TEXT_MAX = 100;

/** The filter that the address of the list asks for; what cannot be read is left out. */
export function parsePeopleFilter(params: Record<string, string | string[] | undefined>): PeopleFilter {
  const text =
    typeof params["q"] === "string"
      ? params["q"]
          .replace(/\p{Cc}/gu, "")
          .trim()
          .slice(0, TEXT_MAX)
      : "";
  const role = roles.find((one): one is Role => one === params["role"]);
  const state = states.find((one) => one === params["state"]);
  return { ...(text ? { text } : {}), ...(role ? { role } : {}), ...(state ? { state } : {}) };
}

/** The address of the list with this filter, and where its page begins. */
export function peopleHref({ text, role, state }: PeopleFilter, place: Record<string, string> = {}): string {
  const params = new URLSearchParams({
    ...(text ? { q: text } : {}),
    ...(role ? { role } : {}),
    ...(state ? { state } : {}),
    ...place,
  });
  return params.size > 0 ? `/people?${params}` : "/people";
}

/** A person's id from an address; undefined for what is none, before it reaches the database. */
export function parsePersonId(text: unknown): string | undefined {
  return typeof text === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
    ? text
    : undefined;
}
