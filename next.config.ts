import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  serverExternalPackages: ["postgres", "@node-rs/argon2"],
  // Types are a check of their own in `npm run check` and `npm test`; the demo need not wait for them.
  typescript: { ignoreBuildErrors: true },
  images: { unoptimized: true },
  experimental: { authInterrupts: true },
};

export default config;
