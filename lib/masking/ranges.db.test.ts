import { maskedText as dots } from "@/lib/masking/dots";
import type { Mask } from "@/lib/masking/mask";
import { sparseZips } from "@/lib/masking/methods/places";
import { type MaskCase, useMaskSource } from "@/lib/testing/mask-cases";
import { builtInType, testPool } from "@/lib/testing/masked-values";

const { cases } = useMaskSource(testPool);

const thisYear = new Date().getUTCFullYear();
/** A date so many years before today, at the start of its year, so that its birthday is over. */
const yearsAgo = (years: number) => `${thisYear - years}-01-01`;

const date = builtInType("date", "date");
const moment = builtInType("timestamptz", "timestamp");
const number = builtInType("numeric", "number");
const integer = builtInType("int4", "number");
const float = builtInType("float8", "number");
const inet = builtInType("inet", "inet");

cases(
  { method: "generalise", to: "year", pool: true },
  [
    ["1984-02-29", "1984"],
    [yearsAgo(89), String(thisYear - 89)],
    [yearsAgo(90), `${thisYear - 90} or earlier`],
    [`${thisYear - 90}-12-31`, `${thisYear - 90} or earlier`],
    ["1900-01-01", `${thisYear - 90} or earlier`],
    ["0044-03-15 BC", `${thisYear - 90} or earlier`],
    ["infinity", dots],
    ["-infinity", dots],
  ],
  date,
);
cases(
  { method: "generalise", to: "month" },
  [
    ["1984-02-29", "1984-02"],
    ["0001-12-31", "0001-12"],
    ["0044-03-15 BC", dots],
    ["12345-01-01", dots],
    ["infinity", dots],
  ],
  date,
);
cases(
  { method: "generalise", to: "month" },
  [
    ["2024-12-31 23:30:00-05", "2025-01"],
    ["-infinity", dots],
    ["294276-12-31 23:59:59", dots],
  ],
  moment,
);
cases(
  { method: "generalise", to: "decade" },
  [
    ["1984-02-29", "1980s"],
    ["2000-01-01", "2000s"],
    ["1999-12-31", "1990s"],
    ["0009-01-01", "0s"],
    ["0044-03-15 BC", dots],
    ["infinity", dots],
  ],
  date,
);
const age: Mask = { method: "generalise", to: "age" };
cases(
  age,
  [
    [yearsAgo(0), "0–9"],
    [yearsAgo(9), "0–9"],
    [yearsAgo(10), "10–19"],
    [yearsAgo(42), "40–49"],
    [yearsAgo(89), "80–89"],
    [yearsAgo(90), "90 or older"],
    [yearsAgo(120), "90 or older"],
    ["2999-01-01", dots],
    ["0044-03-15 BC", dots],
    ["infinity", dots],
  ],
  date,
);
cases(
  age,
  [
    ["0", "0–9"],
    ["42", "40–49"],
    ["89", "80–89"],
    ["89.9", "80–89"],
    ["90", "90 or older"],
    ["118", "90 or older"],
    ["199", "90 or older"],
    ["200", dots],
    ["-1", dots],
    ["NaN", dots],
  ],
  number,
);
cases(
  { method: "generalise", to: "age", size: 20 },
  [
    ["85", "80–89"],
    ["79", "60–79"],
  ],
  integer,
);
cases(
  { method: "generalise", to: "age", size: 5 },
  [
    ["87", "85–89"],
    ["34", "30–34"],
  ],
  integer,
);
cases({ method: "generalise", to: "age", size: 1 as 5 }, [["87", "80–89"]], integer);

const network: Mask = { method: "generalise", to: "network" };
cases(
  network,
  [
    ["192.0.2.5", "192.0.2.0/24"],
    ["192.0.2.255/32", "192.0.2.0/24"],
    ["192.0.2.5/25", "192.0.2.0/24"],
    ["192.0.2.5/24", dots],
    ["10.0.0.0/8", dots],
    ["2001:db8:1:2::5", "2001:db8:1::/48"],
    ["2001:db8::/48", dots],
    ["::1", "::/48"],
    ["::/0", dots],
  ],
  inet,
);
cases(network, [
  ["192.0.2.5", "192.0.2.0/24"],
  ["192.0.2.255", "192.0.2.0/24"],
  ["192.0.2.0/24", dots],
  ["192.0.2", dots],
  ["192.0.2.5.6", dots],
  ["2001:db8::1", dots],
  ["192.0.2.5\n", dots],
  ["", dots],
]);

const place: Mask = { method: "generalise", to: "place" };
cases(
  place,
  [
    ["(13.3777,52.5163)", "≈ 13.3°, 52.5°"],
    ["(-0.1276,51.5072)", "≈ -0.2°, 51.5°"],
    ["(0,0)", "≈ 0.0°, 0.0°"],
    ["(180,-90)", "≈ 180.0°, -90.0°"],
    ["(181,0)", dots],
    ["(NaN,0)", dots],
    ["(Infinity,0)", dots],
  ],
  builtInType("point", "geometry"),
);
cases(
  place,
  [
    ["52.5163", "≈ 52.5°"],
    ["-0.05", "≈ -0.1°"],
    ["NaN", dots],
    ["1e300", dots],
  ],
  float,
);

const zip: Mask = { method: "generalise", to: "zip3" };
cases(zip, [
  ["10001", "100**"],
  ["94105-1234", "941**"],
  ...sparseZips.map((few): MaskCase => [`${few}01`, "000**"]),
  ["03601-0001", "000**"],
  ["03501", "035**"],
  ["1000", dots],
  ["100011", dots],
  ["10001-", dots],
  ["SW1A 1AA", dots],
  ["٠٣٦٠١", dots],
  ["", dots],
]);

const round = (size: number): Mask => ({ method: "generalise", to: "round", size });
cases(
  round(100),
  [
    ["1249.99", "≈ 1,200"],
    ["1250", "≈ 1,300"],
    ["1200", "≈ 1,200"],
    ["0", "≈ 0"],
    ["-49", "≈ 0"],
    ["-51", "≈ -100"],
    ["NaN", dots],
    ["999999999999999", "≈ 1,000,000,000,000,000"],
    ["1000000000000000", dots],
  ],
  number,
);
cases(round(1), [["1249", "≈ 0"]], integer);
cases(
  round(10),
  [
    ["2147483647", "≈ 2,147,483,650"],
    ["-2147483648", "≈ -2,147,483,650"],
  ],
  integer,
);
cases(
  round(10),
  [
    ["Infinity", dots],
    ["-Infinity", dots],
    ["NaN", dots],
    ["14.9", "≈ 10"],
  ],
  float,
);
cases(
  round(10),
  [
    ["12.50", "≈ 10"],
    ["-92233720368547758.08", dots],
  ],
  builtInType("money", "money"),
);

cases(
  { method: "size" },
  [
    ["\\x", "‹file, under 1 kB›"],
    ["\\xffd8ffe0", "‹JPEG image, under 1 kB›"],
    ["\\x89504e470d0a1a0a", "‹PNG image, under 1 kB›"],
    ["\\x474946383961", "‹GIF image, under 1 kB›"],
    ["\\x255044462d", "‹PDF document, under 1 kB›"],
    ["\\x504b0304", "‹ZIP or Office document, under 1 kB›"],
    ["\\x1f8b08", "‹gzip archive, under 1 kB›"],
    [`\\x${"00".repeat(999)}`, "‹file, under 1 kB›"],
    [`\\x${"00".repeat(1_000)}`, "‹file, 1 to 10 kB›"],
    [`\\x${"00".repeat(10_000)}`, "‹file, 10 to 100 kB›"],
    [`\\x${"00".repeat(100_000)}`, "‹file, 100 kB to 1 MB›"],
  ],
  builtInType("bytea", "bytea"),
);
cases({ method: "size" }, [
  ["", "‹text, under 1 kB›"],
  ["x", "‹text, under 1 kB›"],
  ["é".repeat(500), "‹text, 1 to 10 kB›"],
  ["x".repeat(1_000_000), "‹text, 1 to 10 MB›"],
]);
