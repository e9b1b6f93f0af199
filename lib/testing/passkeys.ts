import "server-only";
import { addPasskey, askToAddPasskey } from "@/lib/auth/add-passkey";
import type { Context } from "@/lib/auth/context";
import { askForProof, provePasskey } from "@/lib/auth/prove-passkey";
import { askToOpen, signOpening } from "@/lib/reveals/sign-opening";
import { Authenticator } from "./authenticator";

/** Registers a passkey for somebody who has just signed in, as their browser at this address of Glimpse would. */
export async function withPasskey(
  who: Context,
  name = "Key on a ring",
  origin?: string,
): Promise<Authenticator> {
  const key = new Authenticator(origin);
  const options = await askToAddPasskey(who, { name });
  await addPasskey(who, { name, response: key.register(options) });
  return key;
}

/** Uses a passkey of somebody in this session, as before passkeys are changed. */
export async function provesWith(who: Context, key: Authenticator): Promise<void> {
  await provePasskey(who, { assertion: key.sign(await askForProof(who)) });
}

/** Has a passkey of the holder sign that they open a grant, where its rule asks for that. */
export async function opensWith(who: Context, key: Authenticator, grantId: string): Promise<void> {
  await signOpening(who, { grantId, assertion: key.sign(await askToOpen(who, { grantId })) });
}
