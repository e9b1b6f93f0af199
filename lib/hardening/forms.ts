import { z } from "zod";
import { idInput } from "@/lib/id-input";

const address = z.string().trim().min(1, "Enter the address, with the password of the role.").max(4_000);

/** The two roles of a source, by their addresses. */
export const hardenForm = z.object({
  sourceId: idInput(),
  version: z.coerce.number().int(),
  masked: address,
  reveal: address,
});

/** A source that the console is to mask again. */
export const softenForm = z.object({ sourceId: idInput(), version: z.coerce.number().int() });
