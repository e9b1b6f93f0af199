import { mod97 } from "@/lib/texts/check-digits";

/** What follows the four first signs of an IBAN, by country: n digits, a letters, c either (ISO 13616 registry). */
const structures =
  "AD8n12c AE19n AL8n16c AO21n AT16n AX14n AZ4a20c BA16n BE12n BF2c22n BG4a6n8c BH4a14c BI23n BJ2c22n" +
  " BL10n11c2n BR23n1a1c BY4a4n16c CF23n CG23n CH5n12c CI1a23n CM23n CR18n CV21n CY8n16c CZ20n DE18n" +
  " DJ23n DK14n DO4a20n DZ22n EE16n EG25n ES20n FI14n FK2a12n FO14n FR10n11c2n GA23n GB4a14n GE2c16n" +
  " GF10n11c2n GI4a15c GL14n GP10n11c2n GQ23n GR7n16c GT24c GW2a19n HN4a20n HR17n HU24n IE4c14n IL19n" +
  " IQ4a15n IR22n IS22n IT1a10n12c JO4a4n18c KM23n KW4a22c KZ3n13c LB4n20c LC4a24c LI5n12c LT16n" +
  " LU3n13c LV4a13c LY21n MA24n MC10n11c2n MD20c ME18n MF10n11c2n MG23n MK3n10c2n ML2c22n MN16n" +
  " MQ10n11c2n MR23n MT4a5n18c MU4a19n3a MZ21n NC10n11c2n NE2a22n NI4a20n NL4a10n NO11n OM3n16c" +
  " PF10n11c2n PK4c16n PL24n PM10n11c2n PS4c21n PT21n QA4a21c RE10n11c2n RO4a16c RS18n RU14n15c SA2n18c" +
  " SC4a20n3a SD14n SE20n SI15n SK20n SM1a10n12c SN2a22n SO19n ST21n SV4a20n TD23n TF10n11c2n TG2a22n" +
  " TL19n TN20n TR5n17c UA6n19c VA18n VG4c16n WF10n11c2n XK16n YE4a4n18c YT10n11c2n";

const classes = { n: /^[0-9]$/, a: /^[A-Z]$/, c: /^[0-9A-Z]$/ } as const;

/** The classes of the signs of an IBAN, one each, by its country. */
export const ibanSigns: ReadonlyMap<string, readonly RegExp[]> = new Map(
  structures.split(" ").map((text) => {
    const parts = [...text.slice(2).matchAll(/(\d+)([nac])/g)];
    const rest = parts.flatMap(([, count, kind]) =>
      Array.from({ length: Number(count) }, () => classes[kind as keyof typeof classes]),
    );
    return [text.slice(0, 2), [classes.a, classes.a, classes.n, classes.n, ...rest]];
  }),
);

/** Whether signs without anything between them fit the check digits of an IBAN. */
export const isIban = (signs: string) => mod97(signs.slice(4) + signs.slice(0, 4)) === 1;
