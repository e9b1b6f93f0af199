import path from "node:path";
import { defineConfig } from "vitest/config";

const here = import.meta.dirname;

export default defineConfig({
  resolve: {
    alias: {
      "server-only": path.join(here, "lib/testing/server-only.ts"),
      "@": here,
    },
  },
  test: {
    // A list of offenders is of use only when all of it is shown.
    chaiConfig: { truncateThreshold: 0 },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["{app,components,lib,scripts,bench}/**/*.test.{ts,tsx}"],
          exclude: ["**/*.db.test.ts"],
          // Properties are checked many times over, on machines that may be busy.
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "db",
          include: ["{app,components,lib,scripts,bench}/**/*.db.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
