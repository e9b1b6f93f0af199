/** What a rule asks for beside a session: a part of the refusals, with the words people read. */
export const stepUpRefusals = {
  "step-up-needed": [
    "Its rule asks for a password of the last ten minutes.",
    "Nothing was sent or opened. Give your password here, then do it again.",
  ],
  "password-needed": [
    "This asks for your password of the last ten minutes.",
    "Nothing was changed. Give your password here, then do it again.",
  ],
  "passkey-needed": [
    "This asks for your passkey.",
    "Nothing was approved, opened or changed. Use your passkey here, then do it again.",
  ],
  "passkey-missing": [
    "Its rule asks for a passkey, and you have none.",
    "Nothing was approved or opened. Register one under Settings, then do it again.",
  ],
  "passkey-young": [
    "Your passkey was registered after this request was sent.",
    "Nothing was approved. It signs requests that are sent from then on: another approver decides this one, or it is asked for again.",
  ],
  "passkey-late": [
    "What your passkey was asked for has run out, or was used already.",
    "Nothing was approved, opened or changed. Do it again, and use your passkey within three minutes.",
  ],
  "passkey-wrong": [
    "What your passkey signed does not fit.",
    "Nothing was approved, opened or changed. Do it again with a passkey that you have registered here.",
  ],
  "passkey-altered": [
    "This passkey is not what was registered.",
    "It was changed outside Glimpse, so it signs nothing. Tell an admin, and register one again.",
  ],
  "passkeys-full": [
    "You have ten passkeys already, and there is no room for more.",
    "Nothing was added. Remove one first.",
  ],
} as const satisfies Record<string, readonly [string, string]>;
