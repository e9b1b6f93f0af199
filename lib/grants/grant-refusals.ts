/** Why a grant does not open, or gets no more time: a part of the refusals, with the words people read. */
export const grantRefusals = {
  "views-spent": [
    "This grant has been viewed as often as it may be.",
    "Ask again if the values are still needed.",
  ],
  "grant-not-yours": ["This grant is not yours.", "Only the person who asked can open it."],
  "grant-not-yet": [
    "This grant cannot be opened yet.",
    "It starts at the moment that the request named. Its page shows when.",
  ],
  "grant-of-another-session": [
    "This grant was opened in another session of yours.",
    "It ends with that session. Give it back there, or ask again to see the values here.",
  ],
  "grant-lapsed": ["This grant was not opened in time.", "Ask again if the values are still needed."],
  "grant-ended": ["The time of this grant is over.", "Ask again if the values are still needed."],
  "grant-revoked": ["This grant was revoked.", "Ask the approver who revoked it, or send a new request."],
  "grant-returned": ["You gave this grant back.", "Send a new request to see the values again."],
  "outside-grant": [
    "The grant does not cover this field or record.",
    "Only what was approved can be opened.",
  ],
  "record-gone": ["The record is no longer in the source.", "It may have been deleted there."],
  "grant-altered": [
    "This grant is not what was approved.",
    "It was changed outside Glimpse, so nothing was shown. Tell an admin.",
  ],
  "receipt-missing": [
    "This grant has no receipt of who decided it.",
    "Nothing was shown. Send a new request; if that was not expected, tell an admin.",
  ],
  "receipt-wrong": [
    "The receipt of this grant does not hold.",
    "It was not signed for this grant by Glimpse as it is now, so nothing was shown. Tell an admin, and send a new request.",
  ],
  "vote-without-receipt": [
    "A vote on this request has no receipt that holds.",
    "Nothing was approved. Deny it, or let it be asked again; if that was not expected, tell an admin.",
  ],
  "already-extended": [
    "More time was asked for already, and that goes once.",
    "Nothing was sent. Send a new request if the values are still needed.",
  ],
  "not-extendable": [
    "This cannot be given more time.",
    "Nothing was sent. It must be open, or have ended within the hour by its clock. Send a new request instead.",
  ],
} as const satisfies Record<string, readonly [string, string]>;
