-- Appending tells where the last event went: its number and its hash, by which it is found again once it is flushed.
DROP FUNCTION append_audit_events(text[], text[], text[]);
--> statement-breakpoint
CREATE FUNCTION append_audit_events(
  before_time text[], before_seq text[], after_seq text[], OUT last_seq bigint, OUT last_hash bytea
) LANGUAGE plpgsql AS $$
DECLARE
  new_size bigint;
  roots bytea[];
  entry text;
  node bytea;
  width bigint;
  now_us bigint;
BEGIN
  SELECT h.size, h.frontier INTO STRICT new_size, roots FROM audit_head h FOR UPDATE;
  now_us := floor(extract(epoch FROM clock_timestamp()) * 1000000)::bigint;
  FOR i IN 1 .. cardinality(before_time) LOOP
    entry := before_time[i] || now_us || before_seq[i] || new_size || after_seq[i];
    -- RFC 9162 section 2.1.1: a leaf is SHA-256(0x00 || entry), an inner node SHA-256(0x01 || left || right).
    node := sha256('\x00'::bytea || convert_to(entry, 'UTF8'));
    INSERT INTO audit_events (entry, leaf_hash) VALUES (entry, node);
    last_seq := new_size;
    last_hash := node;
    -- Each trailing one bit of the size is a perfect subtree that the new leaf completes.
    width := new_size;
    WHILE width % 2 = 1 LOOP
      node := sha256('\x01'::bytea || roots[cardinality(roots)] || node);
      roots := roots[1 : cardinality(roots) - 1];
      width := width / 2;
    END LOOP;
    roots := roots || node;
    new_size := new_size + 1;
  END LOOP;
  UPDATE audit_head SET size = new_size, frontier = roots;
END $$;
