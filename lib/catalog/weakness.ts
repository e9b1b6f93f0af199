import type { Mask } from "@/lib/masking/mask";
import { kindOf } from "@/lib/masking/mask";

/** What the planner of the source knows of a column, in rates: about how many different values, and how wide. */
export type ColumnRates = { distinct: number | null; width: number | null };

/** With so few, how often each occurs tells which is which. */
const fewValues = 1_000;
/** So few hidden characters can be tried out one after another. */
const fewHidden = 6;

const keptOf = (mask: Mask): number => {
  if (mask.method !== "partial") return 0;
  if (mask.shape === "last" || mask.shape === "first") return mask.keep ?? 4;
  return mask.shape === "ends" ? (mask.first ?? 4) + (mask.last ?? 4) : 0;
};

/** Why a mask is weak for a column like this one; null where nothing speaks against it. */
export function weakness(mask: Mask, { distinct, width }: ColumnRates): string | null {
  const shown = mask.method === "elements" ? mask.of : mask;
  const isKeyed = kindOf(shown)?.key === "class";
  if (isKeyed && distinct !== null && distinct <= fewValues) {
    return `Weak here: the column has fewer than ${distinct <= 100 ? "100" : "1,000"} different values, and how often each occurs tells which is which.`;
  }
  const kept = keptOf(shown);
  if (kept > 0 && width !== null && width - kept <= fewHidden) {
    return "Weak here: the values are so short that what is hidden can be tried out.";
  }
  const isNumber =
    shown.method === "pseudonym" && "as" in shown && (shown.as === "digits" || shown.as === "code");
  if (isNumber && width !== null && width <= fewHidden) {
    return "Weak here: the values are so short that whoever may enter some can try them all, and that two may have one pseudonym.";
  }
  return null;
}
