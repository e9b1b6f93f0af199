import type { Made, MakingOptions, Signed, SigningOptions } from "@/lib/auth/view";

/** What a person reads whose passkey was not used: they turned away, or their device has none that fits. */
export const notUsed = {
  ok: false,
  what: "Your passkey was not used.",
  next: "Nothing was approved, opened or changed. Try again; in another browser or device you may have to register one first.",
  fields: {},
} as const;

/** Has a passkey sign; null where the person or the browser turned it down. Its code is fetched when it is used. */
export async function signWithPasskey(options: SigningOptions): Promise<Signed | null> {
  const { startAuthentication } = await import("@simplewebauthn/browser");
  return startAuthentication({ optionsJSON: options }).catch(() => null);
}

/** Has a passkey made; null where the person or the browser turned it down. */
export async function makePasskey(options: MakingOptions): Promise<Made | null> {
  const { startRegistration } = await import("@simplewebauthn/browser");
  return startRegistration({ optionsJSON: options }).catch(() => null);
}
