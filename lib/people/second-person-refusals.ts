/** Why somebody is not the second person of two: a part of the refusals, with the words people read. */
export const secondPersonRefusals = {
  "second-reset": [
    "A link for a new password of yours was made after this began.",
    "Nothing was decided. Whoever made it could be in your place: another person has to decide it, or it is asked for again.",
  ],
  "second-late": [
    "Your account, or the role that lets you decide this, is younger than this is.",
    "Nothing was decided. Somebody who had both before has to decide it, or it is asked for again.",
  ],
  "second-given": [
    "One of you two gave the other the account, the role or a new password.",
    "Nothing was decided. Somebody who owes neither to the other has to decide it.",
  ],
  "second-twin": [
    "The same admin has let you both in, and the last of it less than a week before this began.",
    "Nothing was decided. Another person has to decide it, or it is asked for again after that week.",
  ],
} as const satisfies Record<string, readonly [what: string, next: string]>;
