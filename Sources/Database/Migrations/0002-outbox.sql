-- Jobs that the web tier enqueues in its own transactions: see Outbox. A row is unsent until `coursework relay` has handed
-- it to Redis, then sent, and ended once the job has.
--
-- A role that enqueues needs this, and nothing else:
--   GRANT USAGE ON SCHEMA coursework TO web;
--   GRANT INSERT (id, queue, type, args, run_at, trace), SELECT (id) ON coursework.outbox TO web;
CREATE TABLE coursework.outbox (
    -- The job's token: its id is queue:id. A producer that chooses it, such as md5('emails:welcome-4711')::uuid, enqueues once
    -- with ON CONFLICT DO NOTHING.
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    -- About the order in which rows were written, never the order in which they became visible.
    sequence bigint GENERATED ALWAYS AS IDENTITY,
    queue text NOT NULL DEFAULT 'default'
        CONSTRAINT "queue must be 1 to 64 lower-case letters, digits, _ and -" CHECK (queue ~ '\A[a-z0-9_-]{1,64}\Z'),
    type text NOT NULL
        CONSTRAINT "type must be domain.verb, such as email.send" CHECK (
            type ~ '\A[a-z0-9_-]+(\.[a-z0-9_-]+)+\Z' AND length(type) <= 64),
    -- json, not jsonb: a job gets what its producer wrote.
    args json NOT NULL DEFAULT '{}'
        CONSTRAINT "args must not be larger than 64 MiB" CHECK (octet_length(args::text) <= 67108864),
    -- Not before this time; NULL is now.
    run_at timestamptz
        CONSTRAINT "run_at must be between the years 2000 and 2200" CHECK (
            run_at BETWEEN '2000-01-01 00:00Z' AND '2200-01-01 00:00Z'),
    -- A W3C traceparent.
    trace text
        CONSTRAINT "trace must be 1 to 256 letters of ASCII" CHECK (trace ~ '\A[!-~]+\Z' AND length(trace) <= 256),
    created_at timestamptz NOT NULL DEFAULT now(),

    -- What follows is the relay's.
    sent_at timestamptz,
    -- When to ask Redis again what became of the job.
    check_at timestamptz,
    -- How often Redis had lost it.
    losses int NOT NULL DEFAULT 0,
    ended_at timestamptz,
    -- refused: it was never sent, and `error` says why.
    end_state text CHECK (end_state IN ('done', 'discarded', 'dead', 'refused')),
    error text,
    CHECK ((ended_at IS NULL) = (end_state IS NULL)),
    CHECK ((sent_at IS NULL) = (check_at IS NULL))
) WITH (
    -- Every row is written three times and deleted: what is dead must go before it is in the way of the relay.
    fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000,
    autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0
);

CREATE INDEX outbox_unsent ON coursework.outbox (queue, sequence) WHERE sent_at IS NULL AND ended_at IS NULL;
CREATE INDEX outbox_unended ON coursework.outbox (check_at) WHERE sent_at IS NOT NULL AND ended_at IS NULL;
CREATE INDEX outbox_ended ON coursework.outbox (ended_at) WHERE ended_at IS NOT NULL AND end_state <> 'refused';
-- These wait for a person.
CREATE INDEX outbox_refused ON coursework.outbox (ended_at) WHERE end_state = 'refused';

-- Wakes the relays once a transaction. Only a hint: they look by themselves, too. Where so many transactions a second
-- enqueue that their notifications queue up at COMMIT, ALTER TABLE coursework.outbox DISABLE TRIGGER outbox_wakes_relay.
CREATE FUNCTION coursework.wake_relay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('coursework_outbox', '');
    RETURN NULL;
END
$$;

CREATE TRIGGER outbox_wakes_relay AFTER INSERT ON coursework.outbox
    FOR EACH STATEMENT EXECUTE FUNCTION coursework.wake_relay();
