/** Reasons for which a step of a campaign about access is not taken. */
export const campaignRefusals = {
  "own-access": [
    "Nobody confirms their own access.",
    "Nothing was changed. Your manager does it, or an admin.",
  ],
  "not-confirmer": [
    "This is not yours to confirm.",
    "Nothing was changed. Who was their manager when it began does it, or an admin where there is none; a substitute does not.",
  ],
  "own-access-waits": [
    "Your own access still waits to be confirmed in this campaign.",
    "Nothing was changed. Whoever is under review does not end it: somebody else does, or you do when yours is decided.",
  ],
  "access-decided": [
    "Somebody else has decided this already.",
    "Nothing was changed. Load the page again to see what they decided.",
  ],
  "access-changed": [
    "The access of this person has changed since you looked.",
    "Nothing was changed. Load the page again and decide on what it is now.",
  ],
  "campaign-over": ["This campaign is over.", "Nothing was changed. Its page says what came of it."],
  "campaign-not-due": [
    "This campaign cannot be closed by hand.",
    "Nothing was changed. Before its last day it goes on, and one that removes what is undecided ends by itself.",
  ],
  "campaign-empty": [
    "Nobody whom this asks about has any access.",
    "Nothing was started. Choose other roles or sources, or none for everybody.",
  ],
  "too-many-campaigns": [
    "Twenty campaigns are open, and more would not be read.",
    "Nothing was started. Wait for one to end, or close one that is overdue.",
  ],
} as const satisfies Record<string, readonly [string, string]>;
