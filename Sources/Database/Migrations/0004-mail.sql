-- What became of each mail, one row a recipient: see MailRecord. The row is written before the mail is handed over, so it is
-- the mail's ledger, too: of a key and a recipient there is one.
CREATE TABLE coursework.mail_messages (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- What must not be sent twice: the id of the mail's job, or what its producer named.
    key text NOT NULL CHECK (length(key) BETWEEN 1 AND 500),
    -- The address in lower case; after its erasure a name that is nobody's.
    recipient text NOT NULL CHECK (length(recipient) BETWEEN 1 AND 400),
    job text NOT NULL,
    -- In C, so that it can be found by its beginning, which is the job's id.
    message_id text COLLATE "C" NOT NULL,
    subject text,
    template text,
    list text,
    -- Whether it may be sent again when nobody knows whether it was.
    at_least_once boolean NOT NULL,
    -- queued: not taken yet, another attempt follows; sending: handed over, and not heard of since; sent: the other side is
    -- responsible for it; refused: by the server that was to take it; bounced: by a later one; suppressed: it was not handed
    -- over; ambiguous: nobody knows whether it was sent.
    state text NOT NULL CHECK (
        state IN ('queued', 'sending', 'sent', 'refused', 'bounced', 'suppressed', 'ambiguous')),
    -- Who may say how it ended: the attempt that handed it over.
    token text NOT NULL,
    attempts int NOT NULL DEFAULT 1,
    -- What was said last: a sentence, and the status of RFC 3463 in it.
    reason text,
    status text,
    transport text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    sent_at timestamptz,
    erased_at timestamptz,
    -- Not the state itself: an index on that would be written for every mail that is sent.
    needs_attention boolean NOT NULL GENERATED ALWAYS AS (state NOT IN ('queued', 'sending', 'sent')) STORED,
    UNIQUE (key, recipient)
) WITH (
    -- Every row is written twice, the second time in its place.
    fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.1
);

CREATE INDEX mail_messages_message_id ON coursework.mail_messages (message_id);
CREATE INDEX mail_messages_recipient ON coursework.mail_messages (recipient, id);
-- For retention.
CREATE INDEX mail_messages_created ON coursework.mail_messages USING brin (created_at);
CREATE INDEX mail_messages_attention ON coursework.mail_messages (id) WHERE needs_attention;

-- What befell a mail beside being handed over and taken, which its row says itself.
CREATE TABLE coursework.mail_events (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    message bigint NOT NULL REFERENCES coursework.mail_messages ON DELETE CASCADE,
    event text NOT NULL CHECK (
        event IN (
            'deferred', 'refused', 'ambiguous', 'sent', 'delivered', 'delayed', 'bounced', 'complained',
            'unsubscribed', 'resolved')),
    reason text,
    status text,
    -- Who said so: worker, dsn, sendgrid, or a person.
    source text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX mail_events_message ON coursework.mail_events (message, id);

-- Addresses that get no mail.
CREATE TABLE coursework.mail_suppressions (
    address text NOT NULL CHECK (address = lower(address) AND length(address) BETWEEN 3 AND 400),
    -- The list whose mail is meant; * is all mail. An unsubscription from * does not hold for mail of no list.
    scope text NOT NULL DEFAULT '*' CHECK (length(scope) BETWEEN 1 AND 200),
    reason text NOT NULL CHECK (reason IN ('hard_bounce', 'complaint', 'unsubscribe', 'manual')),
    detail text,
    source text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    PRIMARY KEY (address, scope)
);

-- To whom a job of the type email.broadcast sends. The web tier writes it, with this right and no more:
--   GRANT USAGE ON SCHEMA coursework TO web;
--   GRANT INSERT (mailing, address, data, locale) ON coursework.mailing_recipients TO web;
CREATE TABLE coursework.mailing_recipients (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    mailing text NOT NULL
        CONSTRAINT "mailing must be 1 to 64 letters, digits, _ and -" CHECK (mailing ~ '\A[A-Za-z0-9_-]{1,64}\Z'),
    address text NOT NULL CHECK (length(address) BETWEEN 3 AND 1000),
    -- What the template sees for this reader, above what is the same for all.
    data json CHECK (json_typeof(data) = 'object' AND octet_length(data::text) <= 65536),
    locale text CHECK (length(locale) <= 64)
);

CREATE UNIQUE INDEX mailing_recipients_once ON coursework.mailing_recipients (lower(address), mailing);
CREATE INDEX mailing_recipients_order ON coursework.mailing_recipients (mailing, id);
