import { z } from "zod";

/**
 * An id as a form or an address sends it, in the small letters in which the database writes it. Ids are compared as texts,
 * as where nobody changes their own roles, and stand in the log as they came: the same one in capitals must be the same (law 7).
 */
export const idInput = (words?: string) => z.uuid(words).toLowerCase();

/** One id, where an action takes nothing else. */
export const oneId = idInput();
