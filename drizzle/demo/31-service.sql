-- Tickets and messages: free text in which people mention more than they should.
INSERT INTO public.support_tickets
SELECT r.n, r.owner, CASE WHEN get_byte(r.h, 0) % 8 > 0 THEN 1 + seed.u(r.h, 1) % 600 END,
  (ARRAY['email', 'email', 'phone', 'chat', 'letter', 'shop'])[1 + get_byte(r.h, 3) % 6]::public.contact_channel,
  (CASE WHEN r.n > 14200 THEN 'open' WHEN r.n > 13800 THEN 'waiting' WHEN get_byte(r.h, 4) % 3 = 0 THEN 'solved' ELSE 'closed' END)::public.ticket_status,
  1 + get_byte(r.h, 5) % 4,
  seed.noted(seed.pick('{Where is my order?,Refund for a damaged parcel,Change of address,Cannot sign in,Invoice is missing,Question about a prescription,
    Delete my account,Wrong product delivered,Complaint about the delivery service}'::text[], r.h, 3), 'tickets.subject', r.n),
  seed.noted(replace(replace(replace(replace(seed.pick(ARRAY[
      'Hello, my parcel has not arrived. You can reach me on {phone} after 4 pm or write to {email}. Thank you, {name}',
      'I was charged twice for order SO-{order}. Please refund to the same card and confirm to {email}.',
      'We have moved. Please send everything to the new address from now on and delete the old one. {name}',
      'My mother cannot open the bottle with her arthritis. Is there another cap? Call {phone}, ask for {name}.',
      'I cannot sign in since last week. My e-mail is {email}, my old number was {phone}. My date of birth is on the account.',
      'The doctor changed my dosage and the app still shows the old one. Please call me back: {phone}.',
      'Guten Tag, die Rechnung zu SO-{order} fehlt noch. Bitte an {email} senden. Mit freundlichen Grüßen, {name}',
      'Bonjour, le colis est arrivé ouvert. Merci de me rappeler au {phone}. Cordialement, {name}',
      'Please delete my account and all data. I will not give a reason.'], r.h, 4),
      '{phone}', coalesce(nullif(c.phone, ''), 'the usual number')), '{email}', coalesce(c.email, 'my usual address')), '{name}', c.full_name), '{order}', (2000000 + r.n * 7)::text)
    || CASE WHEN get_byte(r.h, 10) % 20 = 0 THEN E'\n\n' || repeat('I have written about this before and nobody answered. The parcel lies in the depot, the number on it is right, and the driver says he has no order for it. ', 3 + get_byte(r.h, 11) % 20) ELSE '' END,
    'tickets.body', r.n),
  CASE WHEN r.n <= 60 OR get_byte(r.h, 12) % 3 = 0 THEN coalesce(c.email, '') END,
  r.opened, CASE WHEN r.n <= 13800 THEN r.opened + make_interval(mins => 30 + seed.u(r.h, 7)) END,
  CASE WHEN get_byte(r.h, 16) % 5 > 0 THEN make_interval(mins => 1 + seed.u(r.h, 9) % 2000) END, CASE WHEN get_byte(r.h, 17) % 3 = 0 THEN 1 + get_byte(r.h, 18) % 5 END
FROM (SELECT n, h, seed.owner(n, h, 50000) AS owner, timestamptz '2022-01-03 08:00+00' + make_interval(mins => n * 157, secs => seed.u(h, 0) % 5000) AS opened
      FROM (SELECT n, seed.h('tickets', n) AS h FROM generate_series(1, 15000) AS n OFFSET 0) x OFFSET 0) r
JOIN public.customers c ON c.id = r.owner
ORDER BY r.n;

INSERT INTO public.messages
SELECT r.n, r.sent, CASE WHEN get_byte(r.h, 0) % 10 > 0 THEN least(15000, 1 + r.n * 3 / 8)::int END, r.owner,
  d.direction, CASE d.direction WHEN 'in' THEN d.theirs ELSE d.ours END, CASE d.direction WHEN 'in' THEN d.ours ELSE d.theirs END,
  CASE WHEN r.n <= 60 OR get_byte(r.h, 1) % 30 > 0 THEN seed.noted(replace(seed.pick(ARRAY[
    'Thank you for your message. We have asked the depot and come back to you within two days.', 'That worked, thank you. {name}',
    'Please send a photo of the label, then we can trace the parcel.', 'Here is my new number for the driver: {phone}', 'Your refund is on its way.',
    'I am still waiting. This is the third time I write.', 'Could you confirm the last four digits of the card?', ''], r.h, 3), '{phone}', coalesce(c.phone, '-')), 'messages.body', r.n) END
FROM (SELECT n, h, seed.owner(n, h, 50000) AS owner, timestamptz '2023-01-01 00:05+00' + make_interval(mins => n * 45, secs => seed.u(h, 6) % 2000) AS sent
      FROM (SELECT n::int AS n, seed.h('messages', n) AS h FROM generate_series(1, 40000) AS n OFFSET 0) x OFFSET 0) r
JOIN public.customers c ON c.id = r.owner
CROSS JOIN LATERAL (SELECT CASE WHEN get_byte(r.h, 4) % 2 = 0 THEN 'in' ELSE 'out' END AS direction, coalesce(c.email, 'unknown@example.net') AS theirs,
  CASE WHEN r.n <= 60 THEN 'help.' || seed.token('messages.ours', r.n) ELSE 'help' END || '@marigold.example' AS ours OFFSET 0) d
ORDER BY r.n;

INSERT INTO public.legacy_import
SELECT r.n, 'K' || seed.fill('########-##', right(seed.digits(r.h), 10)), seed.named(split_part(c.full_name, '-', 1), 'latin', 'legacy.name', r.n),
  CASE WHEN r.n <= 60 OR r.n % 4 > 0 THEN seed.email('kunde' || r.n, 'legacy.email', r.n) ELSE '' END,
  seed.phone('030/23125###', 'legacy.phone', r.n), to_char(c.birth_date, 'DD.MM.YYYY'),
  seed.noted(seed.pick('{"","zahlt immer bar","Nachbar nimmt an","Brille vergessen","s. Akte"}'::text[], r.h, 2), 'legacy.note', r.n),
  'LEG;' || r.n || ';' || seed.code('legacy.raw', r.n) || ';' || coalesce(to_char(c.birth_date, 'DDMMYY'), '') || ';' || c.country
FROM (SELECT n, seed.h('legacy', n) AS h FROM generate_series(1, 2000) AS n OFFSET 0) r
JOIN public.customers c ON c.id = CASE WHEN r.n <= 60 THEN r.n ELSE r.n * 25 END
ORDER BY r.n;
