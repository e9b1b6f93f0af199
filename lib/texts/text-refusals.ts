/** Reasons for which what somebody has written is not taken. */
export const textRefusals = {
  "bad-input": [
    "Something in the form is not right.",
    "Nothing was changed. Mend the marked fields and send it again.",
  ],
  "number-in-words": [
    "There seems to be a card, account or identity number in what you wrote.",
    "Nothing was saved or sent.",
  ],
  "not-in-thread": [
    "You can read what is said about this request, and not write.",
    "Nothing was sent. Its requester and those who may decide it, or have, write here.",
  ],
  "thread-closed": [
    "This request is over, so nothing more is said about it.",
    "Nothing was sent. What was said stays; a new request has a thread of its own.",
  ],
  "question-open": [
    "Your last question about this request waits for an answer.",
    "Nothing was sent. What you forgot to ask can be added as a comment.",
  ],
  "question-answered": [
    "This question has been answered already.",
    "Nothing was sent. What is to be added can be written as a comment.",
  ],
  "thread-full": [
    "A hundred things have been said about this request.",
    "Nothing was sent. Talk to each other, or decide by what is there.",
  ],
  "comments-spent": [
    "You have written as much as one may in an hour.",
    "Nothing was sent. Wait, or talk to each other.",
  ],
} as const satisfies Record<string, readonly [string, string]>;
