-- Keys of service, sign-in and records.
ALTER TABLE public.support_tickets ADD PRIMARY KEY (id);
CREATE INDEX ON public.support_tickets (customer_id);
ALTER TABLE public.messages ADD PRIMARY KEY (id, sent_at);
CREATE INDEX ON public.messages (customer_id);
CREATE INDEX ON public.messages (ticket_id);
ALTER TABLE public.devices ADD PRIMARY KEY (id);
CREATE INDEX ON public.devices (customer_id);
ALTER TABLE public.login_events ADD PRIMARY KEY (id);
CREATE INDEX ON public.login_events (customer_id);
CREATE INDEX ON public.login_events (occurred_at);
ALTER TABLE public.credentials ADD PRIMARY KEY (customer_id);
ALTER TABLE public.api_keys ADD PRIMARY KEY (id);
ALTER TABLE public.preferences ADD PRIMARY KEY (customer_id);
ALTER TABLE public.documents ADD PRIMARY KEY (id);
CREATE INDEX ON public.documents (customer_id);
ALTER TABLE public.consents ADD PRIMARY KEY (id);
CREATE INDEX ON public.consents (customer_id);
