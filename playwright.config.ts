import { defineConfig } from "@playwright/test";
import { launchArguments } from "./scripts/browser";

const stack = JSON.parse(process.env.GLIMPSE_STACK ?? "{}") as { baseUrl?: string };
if (!stack.baseUrl) throw new Error("These tests need a running stack: npm run e2e -- e2e/story.spec.ts");

export default defineConfig({
  testDir: "e2e",
  outputDir: ".glimpse/test-results",
  timeout: 60_000,
  // The specs share one demo, as people do.
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  use: {
    baseURL: stack.baseUrl,
    viewport: { width: 1440, height: 900 },
    screenshot: "only-on-failure",
    launchOptions: {
      ...(process.env.GLIMPSE_CHROMIUM ? { executablePath: process.env.GLIMPSE_CHROMIUM } : {}),
      args: launchArguments(),
    },
  },
});
