import { z } from "zod";
import { roles } from "@/lib/db/schema/people";
import { idInput } from "@/lib/id-input";
import { noNumbersInLabel } from "@/lib/texts/free-text";

/** An e-mail address as it is stored: lower case, plain characters, nothing invisible. */
export const emailInput = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "This address is too long.")
  .check(noNumbersInLabel)
  .pipe(z.email("This is not an e-mail address."));

export const nameInput = z
  .string()
  .trim()
  .normalize("NFC")
  .min(1, "Give a name.")
  .max(120, "Use 120 characters or fewer.")
  // Control and direction characters could make one name read as another in the audit log.
  .regex(/^[^\p{Cc}\p{Cf}]*$/u, "The name has characters that cannot be shown.")
  .check(noNumbersInLabel);

/** The roles ticked in a form: one, several or none. */
export const rolesInput = z.array(z.enum(roles, "There is no such role.")).max(roles.length).default([]);

export const timeZoneInput = z.string().max(64).refine(isTimeZone, "There is no such time zone.");

/** The manager chosen in a form; the empty choice means nobody. */
export const managerInput = z.union([z.literal("").transform(() => null), idInput("Choose a person.")]);

export const versionInput = z.coerce.number().int().positive();

/** Whether the platform knows the time zone. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** The time zones to choose from, the present one among them even where the platform does not list it. */
export function timeZones(present: string): string[] {
  return [...new Set([present, "UTC", ...Intl.supportedValuesOf("timeZone")])].toSorted();
}
