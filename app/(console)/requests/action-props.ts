import type { RequestActions } from "@/lib/requests/view";
import type { RevealActions } from "@/lib/reveals/view";
import { prove } from "../actions";
import {
  activate,
  askToOpen,
  copied,
  giveBack,
  preview,
  reveal,
  signOpening,
  submit,
  submitEmergency,
} from "./actions";

/** What a page hands to `RequestSheet`. */
export const requestActions: RequestActions = { preview, submit, breakGlass: submitEmergency, prove };

/** What a page hands to `RevealProvider`. */
export const revealActions: RevealActions = {
  ...{ activate, reveal, giveBack, prove, passkey: { ask: askToOpen, prove: signOpening } },
  recordCopy: copied,
};
