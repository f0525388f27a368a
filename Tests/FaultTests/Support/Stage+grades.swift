import JobQueue
import Jobs
import ProgramSupport
import RedisClient
import TestSupport

/// Submissions that wait in the database for their jobs, and what came of them: counted by PostgreSQL.
extension Stage {
    /// Writes a quiz, and attempts that are handed in, numbered from 1. What would follow a grade counts as done as soon as
    /// it is written: nobody runs it here.
    func prepareAttempts(_ count: Int) async throws {
        _ = try await sql(
            """
            BEGIN;
            INSERT INTO coursework.quizzes (id, version, follows) VALUES ('exam', 1, '{"event":true,"mail":false}');
            INSERT INTO coursework.quiz_versions (quiz, version, document) VALUES ('exam', 1, '{"id":"exam","version":1,
                "sections":[{"id":"s","questions":[{"id":"q","interaction":{"type":"trueFalse","answer":true}}]}]}');
            INSERT INTO coursework.quiz_attempts (id, quiz, version, learner)
                SELECT n, 'exam', 1, 'l' || n FROM generate_series(1, \(count)) AS n;
            INSERT INTO coursework.quiz_responses (attempt, question, response)
                SELECT n, 'q', '{"value":"true"}' FROM generate_series(1, \(count)) AS n;
            UPDATE coursework.quiz_attempts SET state = 'submitted', submitted_at = now();
            CREATE FUNCTION coursework.end_event() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN NEW.ended_at = now(); NEW.end_state = ''done''; RETURN NEW; END';
            CREATE TRIGGER end_event BEFORE INSERT ON coursework.outbox FOR EACH ROW EXECUTE FUNCTION coursework.end_event();
            COMMIT;
            """)
    }

    func enqueueGrades(_ count: Int) async {
        let first = effectsEnqueued.wrappingAdd(count, ordering: .relaxed).oldValue + 1
        let keys = (first..<first + count).map(String.init)
        let answers = await JobQueue(.default, client: redis).enqueue(
            contentsOf: keys.map {
                NewJob("quiz.grade", queue: .default, args: Array(#"{"attempt":\#($0),"key":"\#($0)"}"#.utf8))
            })
        for (key, answer) in zip(keys, answers) { journal.note(key, Self.reading(answer)) }
    }

    /// How often each attempt was graded, by its own count and by the events that follow; the larger one.
    var grades: [String: Int] {
        get async throws {
            let text = try await sql(
                """
                SELECT attempt || ' ' || greatest(revision, events)
                FROM coursework.quiz_grades LEFT JOIN (
                    SELECT (args ->> 'attempt')::bigint AS attempt, count(*) AS events
                    FROM coursework.outbox WHERE type = 'quiz.graded' GROUP BY 1) AS counted USING (attempt)
                """)
            return Self.counts(text)
        }
    }

    /// How many attempts the statistics have counted.
    var countedAttempts: Int {
        get async throws {
            let text = try await sql("SELECT coalesce(sum(attempts), 0) FROM coursework.quiz_statistics")
            return Int(text.filter(\.isNumber)) ?? -1
        }
    }
}
