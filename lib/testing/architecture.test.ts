import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { readSource, says, sourceFiles, type SourceFile } from "./source-files";

const files = sourceFiles();
const isTest = (file: SourceFile) =>
  /\.test\.tsx?$/.test(file.name) || /^(lib\/testing|e2e)\//.test(file.name);
const product = files.filter((file) => /^(app|components|lib)\/.*\.tsx?$/.test(file.name) && !isTest(file));
const isServerOnly = (file: SourceFile) => file.imports.includes("server-only");
const names = (found: SourceFile[]) => found.map((file) => file.name);

describe("what runs in a browser", () => {
  test("only components and error pages say use client", () => {
    const client = product.filter((file) => says(file, "use client"));
    const allowed = /^components\/|^app\/(.+\/)?(global-)?error\.tsx$/;
    expect(names(client.filter((file) => !allowed.test(file.name)))).toEqual([]);
  });

  test("no client file imports what is for the server", () => {
    const client = product.filter((file) => says(file, "use client"));
    const wrong = client.filter((file) =>
      file.imports.some((name) => name === "server-only" || name.startsWith("node:")),
    );
    expect(names(wrong)).toEqual([]);
  });
});

describe("what a browser may call", () => {
  const server = product.filter((file) => /["']use server["']/.test(file.text));

  test("only actions.ts files say use server, and at their top, so that every door is in one list", () => {
    expect(names(server.filter((file) => !/^app\/(.+\/)?actions\.ts$/.test(file.name)))).toEqual([]);
    expect(names(server.filter((file) => !says(file, "use server")))).toEqual([]);
  });

  test("an actions.ts exports async functions only: any other export would be published too", () => {
    const exported = /^export\s+(?!async function\s|type\s|interface\s)/m;
    expect(names(server.filter((file) => exported.test(file.text)))).toEqual([]);
  });
});

describe("what stays on the server", () => {
  test("only lib/env.ts reads process.env", () => {
    const readers = product.filter((file) => file.text.includes("process.env") && file.name !== "lib/env.ts");
    expect(names(readers)).toEqual([]);
  });

  test("who imports a server-only file is server-only itself", () => {
    const serverOnly = new Set(product.filter(isServerOnly).map((file) => file.name.replace(/\.tsx?$/, "")));
    const wrong = product
      .filter((file) => file.name.startsWith("lib/") && !isServerOnly(file))
      .filter((file) => file.imports.some((name) => serverOnly.has(name)));
    expect(names(wrong)).toEqual([]);
  });

  test("who reaches a database is server-only", () => {
    const driver = /^(postgres|drizzle-orm\/postgres-js.*|next-auth.*|@node-rs\/argon2)$/;
    const wrong = product.filter(
      (file) => !isServerOnly(file) && file.imports.some((name) => driver.test(name)),
    );
    expect(names(wrong)).toEqual([]);
  });
});

describe("what is pure", () => {
  // Files named for a thing; those named for a deed are server-only.
  const pure = product.filter(
    (file) => file.name.startsWith("lib/") && !isServerOnly(file) && file.name !== "lib/env.ts",
  );

  test("imports no framework, no database and no machine", () => {
    const impure =
      /^(next|react|react-dom|drizzle-orm|postgres)(\/|$)|^node:(?!(crypto|buffer|util|net|stream|assert)$)/;
    const wrong = pure
      .filter((file) => !file.name.startsWith("lib/db/schema"))
      .filter((file) => file.imports.some((name) => impure.test(name)));
    expect(names(wrong)).toEqual([]);
  });

  test("has no clock and no randomness of its own", () => {
    const own =
      /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\brandom(Bytes|UUID|Int)\b|\bperformance\.now\(/;
    expect(names(pure.filter((file) => own.test(file.text)))).toEqual([]);
  });
});

describe("habits", () => {
  test("no file is longer than 300 lines", () => {
    // A verifier is one file, for whoever audits it.
    const counted = files.filter(
      (file) => !/^scripts\/verifier\/glimpse-(verify|receipt)\.mjs$/.test(file.name),
    );
    expect(counted.filter((file) => file.lines > 300).map((file) => `${file.name}: ${file.lines}`)).toEqual(
      [],
    );
  });

  test("names are kebab-case and say what is inside", () => {
    const vague = /(^|\/)(utils?|helpers?|common|types|constants|index|misc|shared)(\.tsx?$|\/)/;
    const code = files.filter((file) => /\.(tsx?|mjs)$/.test(file.name));
    expect(names(code.filter((file) => vague.test(file.name)))).toEqual([]);
    const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*\.(tsx?|mjs)$/;
    expect(names(code.filter((file) => !kebab.test(path.basename(file.name))))).toEqual([]);
  });

  test("nothing keeps a payload longer than its grant", () => {
    const caches = /["']use cache["']|\bunstable_cache\(|runtime\s*=\s*["']edge["']|experimental_taint/;
    expect(names(product.filter((file) => caches.test(file.text)))).toEqual([]);
  });
});

test("no package is older than its last known security fix", () => {
  // GHSA-26hh-7cqf-hhc6 (next), CVE-2026-23870 (react), the advisories of July 2026 (next-auth),
  // GHSA-gpj5-g38j-94v9 (drizzle-orm: identifiers).
  const fixedIn = {
    next: "16.2.6",
    react: "19.2.6",
    "react-dom": "19.2.6",
    "next-auth": "4.24.15",
    "drizzle-orm": "0.45.2",
  };
  const { packages } = JSON.parse(fs.readFileSync("package-lock.json", "utf8")) as {
    packages: Record<string, { version?: string }>;
  };
  for (const [name, minimum] of Object.entries(fixedIn)) {
    const locked = Object.entries(packages).filter(([place]) => place.endsWith(`node_modules/${name}`));
    expect(locked.length, name).toBeGreaterThan(0);
    for (const [place, { version = "0" }] of locked) {
      expect(
        version.localeCompare(minimum, "en", { numeric: true }),
        `${place} ${version}`,
      ).toBeGreaterThanOrEqual(0);
    }
  }
});

describe("the readings these tests rely on", () => {
  test("types are not counted as imports, everything else is", () => {
    const text = `import "server-only";\nimport type { A } from "@/lib/a";\nimport {\n  b,\n} from "./b";\nexport * from "../c";\nawait import("d");`;
    expect(readSource("lib/x/y.ts", text).imports).toEqual(["server-only", "lib/x/b", "lib/c", "d"]);
  });

  test("a directive counts before code and after comments", () => {
    expect(says(readSource("a.ts", `// why\n"use client";\n`), "use client")).toBe(true);
    expect(says(readSource("a.ts", `import "x";\n"use client";\n`), "use client")).toBe(false);
  });
});
