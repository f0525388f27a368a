-- Certificates: what courses award, who gets them, and what became of each: see the README, "Certificates".
--
-- A role of the web tier that describes courses and learners, and has certificates issued, needs these rights, and no more:
--   GRANT USAGE ON SCHEMA coursework TO web;
--   GRANT SELECT, INSERT, UPDATE, DELETE ON coursework.certificate_courses, coursework.certificate_learners,
--       coursework.certificate_cohorts TO web;
--   GRANT SELECT ON coursework.certificates, coursework.certificate_events TO web;
--   and the outbox, as 0002-outbox.sql says.

-- What the certificates of a course say, for jobs that only name the course.
CREATE TABLE coursework.certificate_courses (
    course text NOT NULL
        CONSTRAINT "course must have 1 to 255 bytes" CHECK (octet_length(course) BETWEEN 1 AND 255),
    version int NOT NULL DEFAULT 1 CHECK (version >= 1),
    title text NOT NULL CHECK (length(title) BETWEEN 1 AND 300),
    -- What was learnt, and what had to be done for it: badges say so.
    description text CHECK (length(description) <= 10000),
    criteria text CHECK (length(criteria) <= 10000),
    instructor text CHECK (length(instructor) <= 300),
    -- The key of a PNG in the storage: the instructor's signature.
    signature text CHECK (octet_length(signature) BETWEEN 1 AND 1024),
    -- How long a certificate is valid; NULL is for ever.
    valid_months int CHECK (valid_months BETWEEN 1 AND 1200),
    -- NULL: as the configuration says.
    issuer text CHECK (length(issuer) <= 300),
    template text CHECK (length(template) <= 64),
    page text CHECK (length(page) <= 64),
    language text CHECK (length(language) <= 64),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (course, version)
);

-- Who learners are, for jobs that only name them.
CREATE TABLE coursework.certificate_learners (
    learner text PRIMARY KEY
        CONSTRAINT "learner must have 1 to 255 bytes" CHECK (octet_length(learner) BETWEEN 1 AND 255),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 300),
    language text CHECK (length(language) <= 64),
    -- How the learner hears of it, as email.send takes it: {"to":…,"locale":…,"data":{…}}.
    mail json
        CONSTRAINT "mail must be an object with 'to', of at most 64 KiB" CHECK (
            mail IS NULL OR coalesce(json_typeof(mail -> 'to'), 'null') <> 'null' AND octet_length(mail::text) <= 65536)
);

-- To whom a job of the type certificate.cohort issues.
CREATE TABLE coursework.certificate_cohorts (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    cohort text NOT NULL
        CONSTRAINT "cohort must be 1 to 64 letters, digits, _ and -" CHECK (cohort ~ '\A[A-Za-z0-9_-]{1,64}\Z'),
    learner text NOT NULL CHECK (octet_length(learner) BETWEEN 1 AND 255),
    -- Fields of certificate.issue for this learner, above those that all have: {"name":…,"grade":…,"mail":…}.
    fields json CHECK (json_typeof(fields) = 'object' AND octet_length(fields::text) <= 131072),
    UNIQUE (cohort, learner)
);

CREATE INDEX certificate_cohorts_order ON coursework.certificate_cohorts (cohort, id);

CREATE TABLE coursework.certificates (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- What nobody can guess: it stands on the certificate, and leads to what is told of it.
    code text NOT NULL UNIQUE CHECK (code ~ '\A[0-9A-Z-]{4,64}\Z'),
    -- The number that people see is the series and then this, in six digits or more: CW-2026-000017. In a series numbers
    -- have no gap: see certificate_free_numbers.
    series text NOT NULL CHECK (length(series) <= 64),
    number bigint CHECK (number >= 1),
    learner text NOT NULL CHECK (octet_length(learner) BETWEEN 1 AND 255),
    course text NOT NULL CHECK (octet_length(course) BETWEEN 1 AND 255),
    version int NOT NULL CHECK (version >= 1),
    -- 1 for the first of its learner, course and version; what is re-issued has one more.
    edition int NOT NULL DEFAULT 1 CHECK (edition >= 1),
    -- issuing: it has its code and number, and no file that is known to be whole. Whether it has expired tells its day.
    state text NOT NULL CHECK (state IN ('issuing', 'issued', 'reissued', 'revoked')),
    -- What it says: CertificateDetails.
    content json NOT NULL,
    issued_on date NOT NULL,
    -- The last day on which it is valid.
    expires_on date CHECK (expires_on >= issued_on),
    job text NOT NULL,
    -- The file's key in the storage, its SHA-256 in hexadecimal digits and its size in bytes.
    file text,
    sha256 text,
    bytes int,
    -- The credential, a signed JWT; NULL where none are made.
    badge text,
    reserved_at timestamptz NOT NULL DEFAULT now(),
    issued_at timestamptz,
    revoked_at timestamptz,
    -- Why it was revoked or re-issued.
    reason text CHECK (length(reason) <= 1000),
    erased_at timestamptz,
    -- Once for each: this is what keeps a second job from issuing another one.
    UNIQUE (learner, course, version, edition),
    UNIQUE (series, number),
    CHECK (state = 'issuing' OR number IS NOT NULL),
    CHECK ((state = 'issuing') = (issued_at IS NULL)),
    CHECK ((state = 'revoked') = (revoked_at IS NOT NULL))
) WITH (fillfactor = 70);

CREATE INDEX certificates_course ON coursework.certificates (course, version, id);
-- For those who have the file.
CREATE INDEX certificates_sha256 ON coursework.certificates (sha256);
CREATE INDEX certificates_issuing ON coursework.certificates (reserved_at) WHERE state = 'issuing';
-- For lists of what is revoked.
CREATE INDEX certificates_revoked ON coursework.certificates (id) WHERE state IN ('reissued', 'revoked');

-- The highest number of each series; its row is the lock that hands out numbers one after another.
CREATE TABLE coursework.certificate_series (
    series text PRIMARY KEY,
    last bigint NOT NULL DEFAULT 0
);

-- Numbers of certificates that came to nothing: the next ones get them, before there is a higher one.
CREATE TABLE coursework.certificate_free_numbers (
    series text NOT NULL REFERENCES coursework.certificate_series,
    number bigint NOT NULL,
    PRIMARY KEY (series, number)
);

-- Files that an attempt may have written, and that are no certificate's (yet): written down before the file is, so that none
-- is ever left that nobody knows.
CREATE TABLE coursework.certificate_files (
    key text PRIMARY KEY,
    certificate bigint NOT NULL REFERENCES coursework.certificates ON DELETE CASCADE,
    job text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX certificate_files_certificate ON coursework.certificate_files (certificate);

-- What befell a certificate.
CREATE TABLE coursework.certificate_events (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    certificate bigint NOT NULL REFERENCES coursework.certificates ON DELETE CASCADE,
    event text NOT NULL CHECK (event IN ('issued', 'reissued', 'revoked', 'erased')),
    reason text,
    -- Who did it: a job's id, or a person.
    actor text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX certificate_events_certificate ON coursework.certificate_events (certificate, id);
