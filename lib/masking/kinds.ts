import type { MaskOf } from "@/lib/masking/kind";
import { card, iban } from "@/lib/masking/methods/account";
import { email, phone } from "@/lib/masking/methods/contact";
import { age, decade, month, year } from "@/lib/masking/methods/dates";
import { address, city, familyName, fullName, givenName } from "@/lib/masking/methods/dictionary-names";
import { document } from "@/lib/masking/methods/documents";
import { cardNumber, code, digits, ibanNumber } from "@/lib/masking/methods/formats";
import { bucket, noise, round } from "@/lib/masking/methods/numbers";
import { ends, first, initials, last } from "@/lib/masking/methods/partial";
import { network, place, zip3 } from "@/lib/masking/methods/places";
import { emailAddress, token, username, uuid } from "@/lib/masking/methods/pseudonyms";
import { shift } from "@/lib/masking/methods/shift";
import { patterns, size, smallWords } from "@/lib/masking/methods/texts";
import { clear, hidden, redact } from "@/lib/masking/methods/whole";

/** Every kind of mask that looks at one value as a whole, in the order in which they are offered. */
// oxfmt-ignore
export const simpleKinds = [
  clear,
  email, phone, card, iban, initials, ends, first, last, patterns, smallWords, document,
  year, month, decade, age, network, place, zip3, bucket, round, size,
  shift, noise,
  fullName, givenName, familyName, city, address, username, emailAddress, uuid, cardNumber, ibanNumber, digits, code, token,
  redact, hidden,
] as const;

export type SimpleMask = MaskOf<(typeof simpleKinds)[number]>;
