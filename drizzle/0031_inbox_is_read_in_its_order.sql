-- The inbox of somebody with ten thousand that wait is as quick as that of somebody with ten: its first page is read
-- from an index in the order in which it is shown.
CREATE INDEX requests_pending_in_order ON requests (expires_at, number) WHERE state = 'pending';
--> statement-breakpoint
DROP INDEX requests_pending;
--> statement-breakpoint
-- What is like a request is found among the newest of its table.
CREATE INDEX requests_of_table ON requests (table_id, number DESC);
