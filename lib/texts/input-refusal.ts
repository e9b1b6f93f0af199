import type { z } from "zod";
import { Refusal } from "@/lib/refusal";
import { foundIn, numbersIn, type FoundIn } from "@/lib/texts/free-text";

/** A no to words that seem to hold a number which is masked elsewhere. It knows the kind and the field, not the number. */
export class NumberRefusal extends Refusal {
  readonly found: readonly FoundIn[];

  constructor(found: readonly FoundIn[], fields: Readonly<Record<string, string>>) {
    super("number-in-words", fields);
    this.found = found;
  }
}

/** The no to a form that does not parse, with a message for each of its fields. */
export function inputRefusal(error: z.ZodError): Refusal {
  const fields = Object.fromEntries(error.issues.map((issue) => [issue.path.join("."), issue.message]));
  const found = foundIn(error);
  return found.length > 0 ? new NumberRefusal(found, fields) : new Refusal("bad-input", fields);
}

/** Refuses plain data that holds such a number in any text of it, as `inputRefusal` does. */
export function refuseNumbersIn(data: unknown): void {
  const found = numbersIn(data);
  if (found.length === 0) return;
  throw new NumberRefusal(
    found.flatMap(({ field, kinds }) => kinds.map((kind) => ({ field, kind }))),
    Object.fromEntries(found.map(({ field, words }) => [field, words])),
  );
}
