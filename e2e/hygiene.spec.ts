import fs from "node:fs";
import path from "node:path";
import postgres from "postgres";
import { testDatabase } from "@/lib/testing/database";
import { castOf } from "./support/cast";
import { Client } from "./support/client";
import { Instance } from "./support/instance";
import { accountOf } from "./support/stack";
import { expect, test } from "./support/test";

test.describe.configure({ timeout: 180_000 });

const customers = "marigold/public/customers";
const pages = {
  Ana: [
    "/",
    "/browse",
    `/browse/${customers}`,
    `/browse/${customers}/WyIxIl0`,
    "/requests",
    "/settings",
    "/nothing-here",
  ],
  Max: ["/inbox", "/people"],
  Sam: [
    "/catalog",
    "/catalog/new",
    "/catalog/marigold",
    "/catalog/marigold/connection",
    `/catalog/${customers}`,
  ],
  Ivy: ["/audit"],
} as const;

test("no answer may be kept by anybody, each page has a policy of its own, and no cookie can be read by a script", async ({
  watch,
}) => {
  const cast = await castOf(watch);
  const visitor = new Client((where, content) => watch.inspect(where, content));
  const asks = [
    ...Object.entries(pages).flatMap(([name, paths]) =>
      paths.map((at) => [cast[name as keyof typeof cast], at] as const),
    ),
    ...["/sign-in", "/welcome", "/join?token=x", "/api/auth/csrf", "/browse"].map(
      (at) => [visitor, at] as const,
    ),
    [cast.Ivy, "/audit/export"] as const,
    [cast.Ivy, "/audit/export?format=ndjson"] as const,
    [cast.Ivy, "/checkpoint"] as const,
    [cast.Ana, "/api/live"] as const,
  ];
  const nonces = new Set<string>();
  for (const [client, at] of asks) {
    const { headers, text } = await client.get(at);
    expect.soft(headers.get("cache-control"), at).toMatch(/^(private, )?(no-cache, )?no-store/);
    expect.soft(headers.get("x-content-type-options"), at).toBe("nosniff");
    expect.soft(headers.get("x-powered-by"), at).toBeNull();
    for (const cookie of headers.getSetCookie())
      expect.soft(cookie, at).toMatch(/HttpOnly.*SameSite=|SameSite=.*HttpOnly/i);
    const nonce = /'nonce-([^']+)'/.exec(headers.get("content-security-policy") ?? "")?.[1];
    expect.soft(nonce, at).toBeTruthy();
    nonces.add(nonce ?? "");
    for (const [script] of text.matchAll(/<script\b[^>]*>/g))
      expect.soft(script, at).toContain(`nonce="${nonce}"`);
    // React's own mark of a form that waits for its script throws and does nothing else.
    expect.soft(text, at).not.toMatch(/\son[a-z]+="|javascript:(?!throw new Error)/);
  }
  expect(nonces.size).toBe(asks.length);
});

test("no page breaks its own policy in a browser, and none writes an error to the console", async ({
  as,
}) => {
  for (const name of ["Ana", "Sam", "Ivy"] as const) {
    const page = await as(name);
    const complaints: string[] = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.addInitScript(() =>
      document.addEventListener("securitypolicyviolation", (event) =>
        console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`),
      ),
    );
    // A page that holds a stream is never idle.
    await page.route("**/api/live", (route) =>
      route.request().headers()["accept"] === "text/event-stream"
        ? route.fulfill({ status: 204 })
        : route.continue(),
    );
    for (const at of pages[name].filter((one) => one !== "/nothing-here")) {
      await page.goto(at);
      await page.waitForLoadState("networkidle");
    }
    expect.soft(complaints, name).toEqual([]);
  }
});

test("no source map is served, and no script names one", async ({ watch }) => {
  const visitor = new Client((where, content) => watch.inspect(where, content));
  const files = fs.readdirSync(".next/static", { recursive: true, encoding: "utf8" });
  const scripts = files.filter((file) => file.endsWith(".js"));
  expect(scripts.length).toBeGreaterThan(5);
  expect(files.filter((file) => file.endsWith(".map"))).toEqual([]);
  for (const file of scripts) {
    expect
      .soft(fs.readFileSync(path.join(".next/static", file), "utf8"), file)
      .not.toContain("sourceMappingURL");
  }
  for (const at of [
    `/_next/static/${scripts[0]}.map`,
    "/_next/server/app/page.js.map",
    "/.env",
    "/_next/../package.json",
  ]) {
    expect.soft((await visitor.get(at)).status, at).toBe(404);
  }
});

test("a failure that nobody expected shows a reference and nothing else, and the log has the same reference", async ({
  watch,
  control,
}, info) => {
  const database = await testDatabase();
  const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
  const instance = await Instance.prepare(info.outputPath("failing.log"), database.url);
  try {
    const { email, password } = accountOf("Ana");
    const [ana] = await control`SELECT password_hash FROM people WHERE email = ${email}`;
    await owner`INSERT INTO people (email, name, state, password_hash) VALUES (${email}, 'Ana', 'active', ${ana!["password_hash"] as string})`;
    await owner`INSERT INTO person_roles SELECT id, r FROM people, unnest('{agent,steward,admin}'::text[]) AS r`;
    await instance.start();
    const client = await new Client(
      (where, content) => watch.inspect(where, content),
      instance.baseUrl,
    ).signIn({ email, password });
    await owner`ALTER TABLE requests RENAME TO requests_away`;
    await owner`ALTER TABLE catalog_columns RENAME TO columns_away`;
    for (const at of ["/requests", "/browse", "/catalog"]) {
      const { text: page } = await client.get(at);
      const { text: payload } = await client.getPayload(at, { RSC: "1" });
      const words = /relation|does not exist|42P01|SELECT |postgres|node_modules|\bat \w+ \(/;
      expect.soft(page, at).not.toMatch(words);
      expect.soft(payload, at).not.toMatch(words);
      const reference = /"digest":"([^"]+)"/.exec(payload)?.[1] ?? "no reference in the answer";
      expect.soft(instance.log, at).toContain(reference);
    }
    expect(instance.log).not.toMatch(
      /requests"|does not exist|columns_away|select "|FROM "|Failed query|params:/i,
    );
  } finally {
    await instance.kill();
    await owner.end();
    await database.drop();
  }
});
