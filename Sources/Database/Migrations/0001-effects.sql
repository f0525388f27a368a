-- Which effects were applied, by the business identity of each: see EffectLedger.
CREATE TABLE coursework.effects (
    key text PRIMARY KEY CHECK (length(key) BETWEEN 1 AND 500),
    -- prepared: begun and not heard of since; ambiguous: nobody knows whether it happened; done: it happened.
    state text NOT NULL CHECK (state IN ('prepared', 'ambiguous', 'done')),
    -- Who may say how a prepared effect ended; none for effects inside this database.
    token text,
    job text NOT NULL,
    result json,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK (state = 'done' OR token IS NOT NULL)
) WITH (fillfactor = 80);

-- For retention, and for an operator who looks for what is open.
CREATE INDEX effects_done ON coursework.effects (updated_at) WHERE state = 'done';
CREATE INDEX effects_open ON coursework.effects (created_at) WHERE state <> 'done';

-- What jobs of the type diagnostics.effect leave behind. The key is not unique: fault tests count.
CREATE TABLE coursework.diagnostics_effects (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key text NOT NULL,
    value text NOT NULL,
    job text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
