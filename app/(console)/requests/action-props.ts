import type { RequestActions } from "@/lib/requests/view";
import type { RevealActions } from "@/lib/reveals/view";
import { askPasskey, prove, provePasskey } from "../actions";
import { activate, copied, giveBack, preview, reveal, submit, submitEmergency } from "./actions";

/** What a page hands to `RequestSheet`. */
export const requestActions: RequestActions = { preview, submit, breakGlass: submitEmergency, prove };

/** What a page hands to `RevealProvider`. */
export const revealActions: RevealActions = {
  ...{ activate, reveal, giveBack, prove, passkey: { ask: askPasskey, prove: provePasskey } },
  recordCopy: copied,
};
