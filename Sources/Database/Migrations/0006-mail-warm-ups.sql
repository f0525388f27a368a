-- How many mails a transport that is warmed up has sent, one row a day (UTC): see MailWarmUp. The number of days on which it
-- has sent says how many it may send today.
CREATE TABLE coursework.mail_warm_ups (
    transport text NOT NULL CHECK (length(transport) BETWEEN 1 AND 300),
    day date NOT NULL,
    sent bigint NOT NULL,
    PRIMARY KEY (transport, day)
);
