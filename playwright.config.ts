import { defineConfig } from "@playwright/test";
import { launchArguments } from "./scripts/browser";
import type { StackUnderTest } from "./scripts/test-stack";

// Set by scripts/test-stack.ts, which brings up what these tests run against: npm run e2e -- e2e/story.spec.ts
const { baseUrl } = JSON.parse(process.env.GLIMPSE_STACK ?? "{}") as Partial<StackUnderTest>;

export default defineConfig({
  testDir: "e2e",
  // What the others have written is looked at when they are done, also of a single one and of one that failed.
  projects: [
    { name: "specs", testIgnore: "record.spec.ts", teardown: "record" },
    { name: "record", testMatch: "record.spec.ts" },
  ],
  outputDir: ".glimpse/test-results",
  timeout: 60_000,
  // The specs share one demo, as people do.
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  expect: { timeout: 15_000 },
  use: {
    actionTimeout: 15_000,
    ...(baseUrl ? { baseURL: baseUrl } : {}),
    viewport: { width: 1440, height: 900 },
    screenshot: "only-on-failure",
    launchOptions: {
      ...(process.env.GLIMPSE_CHROMIUM ? { executablePath: process.env.GLIMPSE_CHROMIUM } : {}),
      args: launchArguments(),
    },
  },
});
