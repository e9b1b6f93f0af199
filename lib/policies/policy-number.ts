import { z } from "zod";

/** A number or a version of a policy as a form sends it: whole, from 1, and no more than the database's integer holds. */
export const policyNumber = z.coerce.number().int().min(1).max(2_147_483_647);
