import fs from "node:fs";
import path from "node:path";

export type SourceFile = {
  /** From the top of the clone, as `lib/audit/recorded.ts`. */
  name: string;
  text: string;
  /** What it imports at run time: imports of types alone are not there. */
  imports: string[];
  lines: number;
};

const folders = ["app", "components", "lib", "e2e", "scripts", "bench", "drizzle"];
const statement =
  /^(?:import|export)\s+(type\s)?(?:[\w*{][^"';]*?\sfrom\s+)?["']([^"']+)["']|import\(\s*["']([^"']+)["']/gm;

/** Every source file that people write, in the order of its name. */
export function sourceFiles(): SourceFile[] {
  return folders
    .filter((folder) => fs.existsSync(folder))
    .flatMap((folder) =>
      fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => path.join(folder, name)),
    )
    .filter((name) => /\.(tsx?|mjs|css|sql)$/.test(name) && !name.includes("/.next/"))
    .sort()
    .map((name) => readSource(name, fs.readFileSync(name, "utf8")));
}

export function readSource(name: string, text: string): SourceFile {
  const imports = [...text.matchAll(statement)]
    .filter(([, typeOnly]) => !typeOnly)
    .map(([, , stated, dynamic]) => localName(name, stated ?? dynamic ?? ""));
  return { name, text, imports, lines: text.split("\n").length - 1 };
}

/** `@/lib/x` and `./x` as the path from the top; packages as they are. */
function localName(from: string, specifier: string): string {
  if (specifier.startsWith("@/")) return specifier.slice(2);
  if (specifier.startsWith(".")) return path.join(path.dirname(from), specifier);
  return specifier;
}

/** Whether the directive stands where it counts: before everything but comments. */
export function says(file: SourceFile, directive: "use client" | "use server"): boolean {
  const code = file.text.replace(/^(\s|\/\/.*\n|\/\*[\s\S]*?\*\/)*/, "");
  return code.startsWith(`"${directive}"`);
}
