-- Videos: what became of each, and what of them lies in the storage: see the README, "Video".
--
-- A role of the web tier that shows videos needs these rights, and no more:
--   GRANT USAGE ON SCHEMA coursework TO web;
--   GRANT SELECT ON coursework.videos TO web;
--   and the outbox, as 0002-outbox.sql says.

-- What is published into a folder of the storage, or is about to be.
CREATE TABLE coursework.videos (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    destination text NOT NULL UNIQUE
        CONSTRAINT "destination must have 1 to 1024 bytes" CHECK (octet_length(destination) BETWEEN 1 AND 1024),
    -- Of the newest job; NULL once it was erased.
    source text CHECK (octet_length(source) BETWEEN 1 AND 1024),
    -- The newest job: of those before it no one writes here any more.
    job text NOT NULL,
    -- Jobs that it took the destination from, the latest last: delivered again, they do not come back.
    former_jobs text[] NOT NULL DEFAULT '{}',
    -- Of the newest job. What was published before it is there until another version is.
    state text NOT NULL DEFAULT 'processing'
        CHECK (state IN ('processing', 'ready', 'failed', 'cancelled', 'erased')),
    -- Why it failed.
    reason text CHECK (length(reason) <= 2000),
    -- Whether a job video.ready or video.failed follows, as the job or the configuration says.
    event boolean NOT NULL,
    -- What the last one of them told: nobody is told the same twice.
    told text,
    began_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz,

    -- What is published: keys in the storage, all in this folder. NULL while nothing is.
    folder text,
    fingerprint text,
    master text,
    progressive text,
    poster text,
    storyboard text,
    captions json,
    -- [{"width":1280,"height":720,"averageBitRate":2400000}, …], the largest first.
    renditions json,
    -- In seconds, and frames a second.
    duration float8,
    frame_rate float8,
    -- Of all files.
    bytes bigint,
    published_at timestamptz,
    CHECK ((state = 'processing') = (ended_at IS NULL)),
    CHECK ((folder IS NULL) = (published_at IS NULL)),
    CHECK (state <> 'ready' OR folder IS NOT NULL),
    CHECK (state <> 'erased' OR folder IS NULL AND source IS NULL)
) WITH (fillfactor = 70);

CREATE INDEX videos_processing ON coursework.videos (began_at) WHERE state = 'processing';

-- Folders in the storage that attempts may have written into: written down before their first file is, so that none is ever
-- left that nobody knows. What lies in one its file files.json tells.
CREATE TABLE coursework.video_folders (
    folder text PRIMARY KEY,
    video bigint NOT NULL REFERENCES coursework.videos ON DELETE CASCADE,
    job text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    -- Since when another version is published; NULL for the one that is, and for those that never were.
    replaced_at timestamptz
);

CREATE INDEX video_folders_video ON coursework.video_folders (video);
