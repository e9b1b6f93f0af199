import { z } from "zod";
import type { FilterOp } from "@/lib/browse/filter-ops";
import type { ColumnType, TypeCategory } from "@/lib/catalog/column-type";

/** A value that the source will take for the type, or why it would not. */
export type ValueCheck = { ok: true; value: string } | { ok: false; why: string };

const integerLimits: Record<string, bigint> = { int2: 2n ** 15n, int4: 2n ** 31n, int8: 2n ** 63n };

/**
 * Checks one value before it goes anywhere near SQL, so that the source has nothing to complain about; the answer
 * is the value in the one notation that addresses and statements use.
 */
export function checkValue(type: ColumnType, op: FilterOp, text: string): ValueCheck {
  if (op === "starts" || op === "contains") return limited(text, 200);
  const value = type.category === "text" ? text : text.trim();
  const check = checks[type.category];
  return check === undefined ? no("this cannot be compared.") : check(value, type);
}

type Check = (text: string, type: ColumnType) => ValueCheck;

const checks: Partial<Record<TypeCategory, Check>> = {
  text: (text) => limited(text, 500),
  number: checkNumber,
  money: (text) =>
    /^-?\d{1,15}(\.\d{1,4})?$/u.test(text) ? yes(text) : no("write an amount such as 12.50."),
  boolean: (text) => (text === "true" || text === "false" ? yes(text) : no("write true or false.")),
  date: (text) => (isDay(text) ? yes(text) : no("write a day such as 2024-03-31.")),
  timestamp: (text) =>
    isMoment(text) ? yes(text) : no("write a day such as 2024-03-31, or 2024-03-31T14:05."),
  time: (text) =>
    /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/u.test(text) ? yes(text) : no("write a time such as 14:05."),
  enum: (text, type) =>
    (type.enumValues ?? []).includes(text) ? yes(text) : no("this is none of its values."),
  uuid: (text) => (z.guid().safeParse(text).success ? yes(text.toLowerCase()) : no("write a complete UUID.")),
  inet: checkAddress,
};

function checkNumber(text: string, type: ColumnType): ValueCheck {
  const limit = type.base.schema === "pg_catalog" ? integerLimits[type.base.name] : undefined;
  if (limit === undefined)
    return /^-?\d{1,30}(\.\d{1,15})?$/u.test(text) ? yes(text) : no("write a number such as 12.5.");
  if (!/^-?\d{1,19}$/u.test(text)) return no("write a whole number.");
  const number = BigInt(text);
  if (number >= limit || number < -limit) return no("this number is larger than the column can hold.");
  return yes(number.toString());
}

function checkAddress(text: string, type: ColumnType): ValueCheck {
  const octets = { macaddr: 6, macaddr8: 8 }[type.base.name];
  if (octets !== undefined) {
    const isMac = new RegExp(`^([0-9a-f]{2}:){${octets - 1}}[0-9a-f]{2}$`, "iu").test(text);
    return isMac ? yes(text.toLowerCase()) : no("write a hardware address such as 08:00:2b:01:02:03.");
  }
  const isAddress = [z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()].some(
    (shape) => shape.safeParse(text).success,
  );
  return isAddress ? yes(text) : no("write an address such as 10.1.0.7.");
}

const dayShape = /^(\d{4})-(\d{2})-(\d{2})$/u;

function isDay(text: string): boolean {
  const [, year, month, day] = dayShape.exec(text) ?? [];
  if (year === undefined || year === "0000") return false;
  const date = new Date(`${text}T00:00:00Z`);
  // JavaScript takes the 30th of February for the 1st of March.
  return date.getUTCMonth() + 1 === Number(month) && date.getUTCDate() === Number(day);
}

function isMoment(text: string): boolean {
  const [day = "", time, ...more] = text.split("T");
  const isTime = time === undefined || /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/u.test(time);
  return more.length === 0 && isDay(day) && isTime;
}

function limited(text: string, longest: number): ValueCheck {
  return text.length <= longest ? yes(text) : no(`write at most ${longest} characters.`);
}

const yes = (value: string): ValueCheck => ({ ok: true, value });
const no = (why: string): ValueCheck => ({ ok: false, why });
