import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  serverExternalPackages: ["postgres", "@node-rs/argon2"],
  images: { unoptimized: true },
  experimental: { authInterrupts: true },
};

export default config;
