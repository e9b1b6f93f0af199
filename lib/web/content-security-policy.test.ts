import { expect, test } from "vitest";
import { contentSecurityPolicy } from "./content-security-policy";

const production = contentSecurityPolicy("bm9uY2U=", { https: true, development: false });

test("in production no text is run as a script but what carries the nonce", () => {
  expect(production).toContain("script-src 'self' 'nonce-bm9uY2U=' 'strict-dynamic';");
  expect(production).not.toContain("unsafe-eval");
  expect(production.replace("style-src-attr 'unsafe-inline'", "")).not.toContain("unsafe-inline");
});

test("nothing is loaded from, sent to or framed by another site", () => {
  expect(production).not.toMatch(/https?:\/\/|\*|wss?:/);
  for (const directive of [
    "default-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ]) {
    expect(production).toContain(directive);
  }
});

test("browsers are sent to https only where Glimpse is served by it", () => {
  expect(production).toContain("upgrade-insecure-requests");
  expect(contentSecurityPolicy("x", { https: false, development: false })).not.toContain("upgrade-insecure");
});
