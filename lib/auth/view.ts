/** A passkey as its person, or an admin, reads it. Times are ISO. */
export type PasskeyView = { id: string; name: string; addedAt: string; usedAt: string | null };
