import { defaultBucketSize, defaultKeep, type Mask, type MaskMethod } from "@/lib/masking/mask";

/** What a method is called on the screen and in the log. */
export const methodNames: Record<MaskMethod, string> = {
  clear: "clear",
  hidden: "hidden",
  redact: "redact",
  partial: "partial",
  pseudonym: "pseudonym",
  generalise: "generalise",
};

/** A mask in two or three words, such as `partial, last 4`. */
export function maskName(mask: Mask): string {
  switch (mask.method) {
    case "partial":
      if (mask.shape === "email") return "partial, e-mail";
      return `partial, ${mask.shape === "phone" ? "phone " : "last "}${mask.keep ?? defaultKeep[mask.shape]}`;
    case "generalise":
      return mask.to === "year"
        ? "year only"
        : `range of ${(mask.size ?? defaultBucketSize).toLocaleString("en-US")}`;
    case "clear":
    case "hidden":
    case "redact":
    case "pseudonym":
      return methodNames[mask.method];
  }
}

/** The masks of some columns in their order, in words. */
export function masksOf(masks: readonly Mask[]): string[] {
  return masks.map(maskName);
}
