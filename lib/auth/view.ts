import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from "@simplewebauthn/server";

/** A passkey as its person, or an admin, reads it. Times are ISO. */
export type PasskeyView = { id: string; name: string; addedAt: string; usedAt: string | null };

/** One's own passkeys, and whether a change waits for the password, or for one of them to be used. */
export type OwnPasskeys = {
  passkeys: readonly PasskeyView[];
  asksPassword: boolean;
  asksPasskey: boolean;
  now: string;
};

/** Whether a passkey is asked for, or is and there is none, or none from before the request; null where none is. */
export type PasskeyNeed = "asked" | "missing" | "young" | null;

type Refused = { ok: false; what: string; next: string; fields: Readonly<Record<string, string>> };

/** What a browser hands to an authenticator, and what that says, as they travel. */
export type SigningOptions = PublicKeyCredentialRequestOptionsJSON;
export type Signed = AuthenticationResponseJSON;
export type MakingOptions = PublicKeyCredentialCreationOptionsJSON;
export type Made = RegistrationResponseJSON;

export type SigningAnswer = { ok: true; output: SigningOptions } | Refused;
export type MakingAnswer = { ok: true; output: MakingOptions } | Refused;
export type PasskeyAnswer = { ok: true; output: void } | Refused;

/** What a page hands to whatever asks for a passkey before passkeys are changed. */
export type PasskeyProof = {
  ask: () => Promise<SigningAnswer>;
  prove: (wanted: { assertion: Signed }) => Promise<PasskeyAnswer>;
};
