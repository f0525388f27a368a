-- Jobs can also be cancelled, and come too late to be worth running.
ALTER TABLE coursework.outbox DROP CONSTRAINT outbox_end_state_check,
    ADD CONSTRAINT outbox_end_state_check
        CHECK (end_state IN ('done', 'discarded', 'cancelled', 'expired', 'dead', 'refused'));
