-- What the request said by which a row was enqueued under an idempotency key, as a hash: the same key with another request is
-- refused, not taken for the first. NULL compares nothing.
ALTER TABLE coursework.outbox ADD COLUMN fingerprint text
    CONSTRAINT "fingerprint must be 1 to 64 letters and digits" CHECK (fingerprint ~ '\A[A-Za-z0-9]{1,64}\Z');
