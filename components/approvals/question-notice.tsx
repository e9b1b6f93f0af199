import { Message } from "@/components/ui/message";
import { durationText } from "@/components/ui/time-text";
import type { Thread } from "@/lib/approvals/view";

/** That somebody waits for an answer, above everything else of the request; afterwards, that there was none in time. */
export function QuestionNotice({ thread }: { thread: Thread }) {
  const { openBy, state, mine, requester } = thread;
  if (openBy.length === 0) return null;
  const who = openBy.length === 1 ? openBy[0] : `${openBy.slice(0, -1).join(", ")} and ${openBy.at(-1)}`;
  if (state === "expired")
    return <Message title={`It was not decided in time, and a question of ${who} was not answered.`} />;
  if (state !== "pending") return null;
  const time = `A question stops no clock: the request expires in ${durationText(thread.expiresInMs / 1000)} if nobody decides.`;
  if (!mine) return <Message title={`${requester} has not answered ${who} yet`}>{time}</Message>;
  return (
    <Message title={`${who} asked you a question`}>
      <a href="#thread" className="underline underline-offset-2">
        Answer it below
      </a>
      . {time}
    </Message>
  );
}
