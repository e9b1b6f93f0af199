import { z } from "zod";
import { cities, familyNames, givenNames, streets } from "@/lib/masking/dictionaries";
import { otherThan, overHash, randomOf } from "@/lib/masking/hmac";
import type { MaskKind } from "@/lib/masking/kind";
import { keyedBy } from "@/lib/masking/methods/pseudonyms";
import type { SqlSink } from "@/lib/masking/sql";

const longest = 320;

/** The word that a part of a hash chooses. `name[]` is read by place: its members are all of one length. */
function chosen(words: readonly string[], hash: string, nth: number, sink: SqlSink): string {
  return `(${sink.bind(words, "name[]")})[1 + ${randomOf(hash, nth)} % ${words.length}]::text`;
}

/** A word that a hash chooses, or if that is the value itself, the one after its own half of the list. */
function other(words: readonly string[], own: string, hash: string, sink: SqlSink): string {
  const list = sink.bind(words, "name[]");
  const further = `(${list})[1 + (${randomOf(hash)} % ${words.length} + ${Math.floor(words.length / 2)}) % ${words.length}]::text`;
  return `CASE WHEN lower(${chosen(words, hash, 0, sink)}) <> lower(${own}) THEN ${chosen(words, hash, 0, sink)} ELSE ${further} END`;
}

const shared =
  "Equal values have equal ones, but so have some others: the list is short. An empty field shows.";

type Invented<As extends string> = MaskKind<{ method: "pseudonym"; as: As }>;

type Facts<As extends string> = {
  as: As;
  what: string;
  classes: readonly string[];
  costNs: number;
  shown: (own: string, hash: string, sink: SqlSink) => string;
};

/** A kind that shows a word of a list which the keyed hash of the value chooses, whatever the value looks like. */
function invented<As extends string>({ as, what, classes, costNs, shown }: Facts<As>): Invented<As> {
  return {
    schema: z.strictObject({
      method: z.literal("pseudonym"),
      as: z.literal(as),
    }) as unknown as Invented<As>["schema"],
    id: `pseudonym ${as}`,
    openness: "pseudonym",
    letter: "t",
    key: "class",
    classes,
    usual: [{ method: "pseudonym", as }],
    costNs,
    fits: ({ category }) => category === "text",
    compile: (input, _, sink) =>
      keyedBy(
        input,
        (text) => `octet_length(${text}) <= ${longest} AND ${text} <> ''`,
        (text, keys) => overHash(text, keys, sink, (own, hash) => otherThan(own, shown(own, hash, sink))),
      ),
    variant: () => "",
    name: () => `invented ${what}`,
    says: () => `An invented ${what} instead of the value. ${shared}`,
  };
}

/** A given name of the list. */
export const givenName = invented({
  as: "given_name",
  what: "given name",
  classes: ["given_name", "person_name"],
  costNs: 2_600,
  shown: (own, hash, sink) => other(givenNames, own, hash, sink),
});

/** A family name of the list. */
export const familyName = invented({
  as: "family_name",
  what: "family name",
  classes: ["family_name", "person_name"],
  costNs: 2_600,
  shown: (own, hash, sink) => other(familyNames, own, hash, sink),
});

/** A given and a family name of the lists. */
export const fullName = invented({
  as: "full_name",
  what: "name",
  classes: ["person_name"],
  costNs: 3_000,
  shown: (_, hash, sink) =>
    `${chosen(givenNames, hash, 0, sink)} || ' ' || ${chosen(familyNames, hash, 1, sink)}`,
});

/** A city of the list. */
export const city = invented({
  as: "city",
  what: "city",
  classes: ["city", "nationality"],
  costNs: 2_600,
  shown: (own, hash, sink) => other(cities, own, hash, sink),
});

/** A house number and a street of the list. */
export const address = invented({
  as: "address",
  what: "street address",
  classes: ["postal_address"],
  costNs: 3_000,
  shown: (_, hash, sink) => `(1 + ${randomOf(hash, 1)} % 199) || ' ' || ${chosen(streets, hash, 0, sink)}`,
});
