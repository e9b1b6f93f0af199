/** Why a person is not forgotten, or a record has no reference: a part of the refusals, with the words people read. */
export const erasureRefusals = {
  "erasure-too-large": [
    "More than 500 records belong to this person.",
    "Nothing was begun. Ask for it without the related records, and for those one by one.",
  ],
  "erasure-held": [
    "Entries of the log that name this person are under a legal hold.",
    "Nothing was erased. The erasure can be confirmed when the hold is lifted.",
  ],
  "erasure-of-own-access": [
    "You or who asked for this erasure had part in an access to these records: asked for it, opened it or decided it.",
    "Nothing was erased. People who had no part in it have to ask for the erasure and confirm it.",
  ],
  "erasure-unjudged": [
    "An access to these records still waits to be judged.",
    "Nothing was erased. It can be done when the review or the case is closed.",
  ],
  "own-erasure": [
    "You asked for this erasure yourself.",
    "Nothing was erased. Another auditor or steward has to confirm it.",
  ],
  "erasure-settled": ["This erasure is settled already.", "Nothing was changed. Its line says by whom."],
  "reference-altered": [
    "The reference by which the log names this record is not its own.",
    "It was changed outside Glimpse, so nothing was shown or sent. Tell an admin.",
  ],
} as const satisfies Record<string, readonly [what: string, next: string]>;
