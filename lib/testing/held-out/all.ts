import { knownSchemas } from "./known-schemas";
import { languageSchemas } from "./language-schemas";
import { lateSchemas } from "./late-schemas";
import { ownSchemas } from "./own-schemas";
import type { HeldOutSchema } from "./schema";
import { thingSchemas } from "./thing-schemas";
import { webSchemas } from "./web-schemas";

/** Every labelled schema that discovery is held against and was not made for. */
export const heldOutSchemas: readonly HeldOutSchema[] = [
  ...ownSchemas,
  ...thingSchemas,
  ...languageSchemas,
  ...knownSchemas,
  ...webSchemas,
  ...lateSchemas,
];
