import type { NextConfig } from "next";

// What every answer says. What differs by request or instance, the policy's nonce and HSTS, comes from proxy.ts.
const everywhere = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
  {
    key: "Permissions-Policy",
    value: "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
  },
];

const config: NextConfig = {
  poweredByHeader: false,
  serverExternalPackages: ["postgres", "pg-boss", "@node-rs/argon2", "nodemailer", "pdfkit"],
  // Types are a check of their own in `npm run check` and `npm test`; the demo need not wait for them.
  typescript: { ignoreBuildErrors: true },
  images: { unoptimized: true },
  experimental: {
    authInterrupts: true,
    serverActions: { bodySizeLimit: "256kb" },
  },
  headers: async () => [
    { source: "/:path*", headers: everywhere },
    // No copy of a page stays behind, in a proxy or on a disk.
    { source: "/((?!_next/static/|icon\\.svg$).*)", headers: [{ key: "Cache-Control", value: "no-store" }] },
  ],
};

export default config;
