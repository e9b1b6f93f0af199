/** What stands for a value that is masked as a whole; it says nothing of the value, its length included. */
export const maskedText = "•••••••";
/** What stands for the hidden part of a value that is partly shown; always as many dots. */
export const maskedPart = "•••••";

/** `maskedText` as a SQL expression. */
export const whole = `'${maskedText}'::text`;

/** At least so many characters stay hidden where a part of a value is shown. */
export const leastHidden = 4;

/** A whole number within its bounds, or what stands for it: a mask that passed no schema must not show more. */
export function bounded(value: number | undefined, least: number, most: number, otherwise: number): number {
  if (value === undefined || !Number.isInteger(value)) return otherwise;
  return Math.min(Math.max(value, least), most);
}
