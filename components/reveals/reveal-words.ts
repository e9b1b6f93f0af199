import type { Refused } from "@/lib/reveals/view";

/** When an action got no answer at all. */
export const unreachable: Refused = {
  ok: false,
  what: "Glimpse did not answer.",
  next: "Nothing was shown. Check the connection and try again.",
};

/** Why values were hidden although their time was not over. */
export const hiddenBecause = {
  lost: {
    what: "Glimpse does not answer, so the values were hidden.",
    next: "Reveal them again when the connection is back.",
  },
  "signed-out": {
    what: "You are no longer signed in, so the values were hidden.",
    next: "Sign in and reveal them again.",
  },
};
