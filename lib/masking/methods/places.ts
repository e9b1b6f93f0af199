import { z } from "zod";
import { whole } from "@/lib/masking/dots";
import type { MaskKind } from "@/lib/masking/kind";
import { shownInPart } from "@/lib/masking/methods/partial";

type Network = { method: "generalise"; to: "network" };

/** The network of an address: /24 of version 4, /48 of version 6. */
export const network: MaskKind<Network> = {
  schema: z.strictObject({ method: z.literal("generalise"), to: z.literal("network") }),
  id: "generalise network",
  openness: "range",
  letter: "g",
  classes: ["ip_address"],
  usual: [{ method: "generalise", to: "network" }],
  costNs: 900,
  fits: ({ category, base }) =>
    category === "text" || (category === "inet" && (base.name === "inet" || base.name === "cidr")),
  compile: ({ sql, type }) => {
    if (type.category === "text") {
      return shownInPart(
        sql,
        (text) => `WHEN ${text} ~ '^[0-9]+[.][0-9]+[.][0-9]+[.][0-9]+$' AND length(${text}) <= 15
          THEN substring(${text} from '^.*[.]') || '0/24'`,
      );
    }
    const bits = `CASE family(${sql}) WHEN 4 THEN 24 ELSE 48 END`;
    // A network that is as wide already would be shown as it is.
    return `CASE WHEN ${sql} IS NULL THEN NULL WHEN masklen(${sql}) > ${bits} THEN network(set_masklen(${sql}::inet, ${bits}))::text ELSE ${whole} END`;
  },
  variant: () => "",
  name: () => "network only",
  says: () =>
    "The network: the first three numbers of a version 4 address, 48 bits of version 6. Gives away the provider, often the place, and whether there is an address.",
};

type Place = { method: "generalise"; to: "place" };

/** A point to one decimal of a degree, about 11 km. */
export const place: MaskKind<Place> = {
  schema: z.strictObject({ method: z.literal("generalise"), to: z.literal("place") }),
  id: "generalise place",
  openness: "range",
  letter: "g",
  classes: ["geo_point"],
  usual: [{ method: "generalise", to: "place" }],
  costNs: 1_000,
  fits: ({ category, base }) =>
    (category === "geometry" && base.schema === "pg_catalog" && base.name === "point") ||
    category === "number",
  compile: ({ sql, type }) => {
    const tenth = (degrees: string) => `to_char(floor(${degrees} * 10)::numeric / 10, 'FM990.0') || '°'`;
    // NaN is greater than every number, so that it is beyond as well.
    const near = (degrees: string) => `${degrees} BETWEEN -180 AND 180`;
    if (type.category === "number") {
      return `CASE WHEN ${sql} IS NULL THEN NULL WHEN ${near(sql)} THEN '≈ ' || ${tenth(sql)} ELSE ${whole} END`;
    }
    const [x, y] = [`(${sql})[0]`, `(${sql})[1]`];
    return `CASE WHEN ${sql} IS NULL THEN NULL WHEN ${near(x)} AND ${near(y)}
      THEN '≈ ' || ${tenth(x)} || ', ' || ${tenth(y)} ELSE ${whole} END`;
  },
  variant: () => "",
  name: () => "place to 11 km",
  says: () =>
    "The place to a tenth of a degree, about 11 km. Gives away the region and whether there is a place.",
};

/**
 * The first three digits of US postal codes whose areas hold 20,000 people or fewer by the census of 2010, as the
 * Department of Health and Human Services lists them for 45 CFR 164.514(b)(2)(i)(B).
 */
export const sparseZips = [
  "036",
  "059",
  "063",
  "102",
  "203",
  "556",
  "692",
  "790",
  "821",
  "823",
  "830",
  "831",
  "878",
  "879",
  "884",
  "890",
  "893",
] as const;

type Zip = { method: "generalise"; to: "zip3" };

/** The first three digits of a US postal code, and 000 for those that few people share. */
export const zip3: MaskKind<Zip> = {
  schema: z.strictObject({ method: z.literal("generalise"), to: z.literal("zip3") }),
  id: "generalise zip3",
  openness: "range",
  letter: "g",
  classes: ["postal_code"],
  usual: [{ method: "generalise", to: "zip3" }],
  costNs: 1_000,
  fits: ({ category }) => category === "text",
  compile: ({ sql }) =>
    shownInPart(sql, (text) => {
      const few = sparseZips.map((zip) => `'${zip}'`).join(", ");
      return `WHEN ${text} ~ '^[0-9][0-9][0-9][0-9][0-9](-[0-9][0-9][0-9][0-9])?$'
        THEN CASE WHEN left(${text}, 3) IN (${few}) THEN '000**' ELSE left(${text}, 3) || '**' END`;
    }),
  variant: () => "",
  name: () => "ZIP, first 3",
  says: () =>
    "The first three digits, and 000 where few people share them. Gives away the area and whether there is a code.",
};
