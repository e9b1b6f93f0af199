import "server-only";

/** Placeholder contract until the sign-in deed lands. */
export async function signIn(
  _credentials: { email: string; password: string },
  _from: { forwardedFor: string | null; userAgent: string | null; hours: number },
): Promise<{ id: string }> {
  throw new Error("not yet");
}
