-- What people say about a request is kept as they said it: the application adds words, and changes or removes none. A
-- question is always somebody else's, its answer the requester's, whatever the application believes (law 7).
CREATE TABLE comments (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  request_id uuid NOT NULL,
  requester_id uuid NOT NULL,
  author_id uuid NOT NULL REFERENCES people (id),
  kind text NOT NULL CHECK (kind IN ('comment', 'question', 'answer')),
  answers_id uuid UNIQUE,
  words text NOT NULL CHECK (length(btrim(words)) > 0 AND length(words) <= 2000),
  -- The log holds a hash of salt and words, and never the words: somebody may have written a value into them.
  salt bytea NOT NULL CHECK (length(salt) = 32),
  said_at timestamptz NOT NULL,
  UNIQUE (id, request_id),
  FOREIGN KEY (request_id, requester_id) REFERENCES requests (id, requester_id),
  FOREIGN KEY (answers_id, request_id) REFERENCES comments (id, request_id),
  CONSTRAINT question_of_another CHECK (kind <> 'question' OR author_id <> requester_id),
  CONSTRAINT answer_of_the_requester CHECK (kind <> 'answer' OR author_id = requester_id),
  CHECK ((kind = 'answer') = (answers_id IS NOT NULL))
);
--> statement-breakpoint
CREATE INDEX comments_of_request ON comments (request_id, said_at);
--> statement-breakpoint
GRANT SELECT, INSERT ON comments TO glimpse_app;
--> statement-breakpoint
-- How many there are, beside the version: an open page sees by it that there is something new, and a decision that
-- somebody is about to make is not taken for one about another request.
ALTER TABLE requests ADD COLUMN comments integer NOT NULL DEFAULT 0;
--> statement-breakpoint
GRANT UPDATE (comments) ON requests TO glimpse_app;
--> statement-breakpoint
-- When a request could be decided in the step of a decision: sent, or passed on by the step before.
ALTER TABLE decisions ADD COLUMN arrived_at timestamptz;
--> statement-breakpoint
UPDATE decisions d SET arrived_at = coalesce(
    (SELECT max(b.decided_at) FROM decisions b WHERE b.request_id = d.request_id AND b.step < d.step), r.created_at)
  FROM requests r WHERE r.id = d.request_id;
--> statement-breakpoint
ALTER TABLE decisions ALTER COLUMN arrived_at SET NOT NULL;
--> statement-breakpoint
-- How approvers decide is read from the index alone: of one of them, and of all in the last months.
CREATE INDEX decisions_of_approver ON decisions (approver_id, decided_at) INCLUDE (verdict, arrived_at);
--> statement-breakpoint
CREATE INDEX decisions_in_time ON decisions (decided_at) INCLUDE (approver_id, verdict, arrived_at);
