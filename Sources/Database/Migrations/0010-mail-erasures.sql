-- An erased person who is to get no mail stays in mail_suppressions as `erased:` and a hash of the address. It is keyed with
-- what this database alone has, so that it says nothing to whom the key is not known, and stays true whichever keys change.
CREATE TABLE coursework.mail_suppression_key (
    is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
    key bytea NOT NULL CHECK (length(key) = 32)
);

INSERT INTO coursework.mail_suppression_key (key)
    VALUES (uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
