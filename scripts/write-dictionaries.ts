import fs from "node:fs";
import path from "node:path";
import { allLocales, type LocaleDefinition } from "@faker-js/faker";

const most = 400;
const lands = ["en", "de", "fr", "es", "it"] as const;

/** Plain letters: a source whose encoding is not UTF-8 could not take any other. */
const plain = /^[A-Z][A-Za-z]*(?:[ '][A-Za-z]+)*$/;

type Words = (locale: LocaleDefinition) => readonly string[] | null | undefined;

/** Some words of each list in turn, evenly spread over it, in the order of the alphabet. */
function spread(sources: readonly (readonly string[])[]): string[] {
  const share = Math.ceil(most / sources.length);
  const chosen = sources.flatMap((words) => {
    const fitting = [...new Set(words)].filter((word) => plain.test(word) && word.length <= 20).toSorted();
    const step = Math.max(1, fitting.length / share);
    return Array.from(
      { length: Math.min(share, fitting.length) },
      (_, at) => fitting[Math.floor(at * step)] ?? "",
    );
  });
  return [...new Set(chosen)].toSorted();
}

const inLands = (words: Words) => spread(lands.map((land) => words(allLocales[land]) ?? []));

const lists = {
  givenNames: inLands(({ person }) => [
    ...(person?.first_name?.female ?? []),
    ...(person?.first_name?.male ?? []),
  ]),
  familyNames: inLands(({ person }) => person?.last_name?.generic),
  cities: spread([allLocales.en.location?.city_name ?? [], allLocales.de.location?.city_name ?? []]),
  streets: spread([allLocales.en.location?.street_name ?? [], allLocales.en_GB.location?.street_name ?? []]),
};

function written(name: string, words: readonly string[]): string {
  const lines = words.reduce<string[]>(
    (before, word) => {
      const line = before.at(-1) ?? "";
      if (line.length + word.length < 110)
        return [...before.slice(0, -1), line === "" ? word : `${line},${word}`];
      return [...before.slice(0, -1), `${line},`, word];
    },
    [""],
  );
  return `export const ${name} = words(\`\n${lines.join("\n")}\`);\n`;
}

const head = `// Written by scripts/write-dictionaries.ts from @faker-js/faker (MIT): names that belong to nobody in particular.

const words = (list: string): readonly string[] => list.replaceAll("\\n", "").split(",");
`;
const file = path.join(import.meta.dirname, "../lib/masking/dictionaries.ts");
fs.writeFileSync(
  file,
  [head, ...Object.entries(lists).map(([name, words]) => written(name, words))].join("\n"),
);
