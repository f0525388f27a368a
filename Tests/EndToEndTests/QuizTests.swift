import Foundation
import ProgramSupport
import TestSupport
import Testing

@Suite("quiz", .inTurns)
struct QuizTests {
    private static let gift = """
        $CATEGORY: tom
        ::Capital:: What is the capital of Styria? {=Graz ~Linz ~Wien}

        ::Sum:: 2 + 2? {#4}

        Only a text.
        """

    private static let quiz = """
        {"id":"demo","version":1,"rules":{"passMark":0.5},"sections":[{"id":"all","questions":[
          {"id":"q1","prompt":"2 + 2?","points":2,"interaction":{"type":"numeric","answers":[{"value":4}]}},
          {"id":"q2","interaction":{"type":"matching","prompts":[{"id":"a","match":"1"},{"id":"b","match":"2"}],
            "options":[{"id":"1"},{"id":"2"}]}}]}]}
        """

    @Test func `a file becomes a document, and what is not taken over is listed by line`() async throws {
        try await Site.with(redis: nil) { site in
            let gift = try site.write(Self.gift.utf8, to: "bank.gift")
            let out = site.folder + "/bank.json"
            let imported = try await site.run("quiz", "import", gift, "--out", out)
            #expect(imported.exit == .code(1))
            #expect(
                imported.output == """
                    \(gift): Line 1: The category is not taken over.
                    \(gift): Line 6: The text has no answers in braces; descriptions are not taken over.
                    bank: 2 questions.

                    """)
            #expect(imported.errors == "coursework: 2 things were not taken over.\n")
            let check = try await site.run("quiz", "check", out)
            #expect(check.exit == .code(0) && check.output == "\(out) is in order.\n", "\(check)")
            let back = try await site.run("quiz", "export", "--file", out, "--format", "gift")
            #expect(
                back.exit == .code(0) && back.output.contains("::Capital::What is the capital of Styria?"), "\(back)")
            let package = site.folder + "/bank.zip"
            let zipped = try await site.run("quiz", "export", "--file", out, "--format", "qti", "--out", package)
            #expect(zipped.exit == .code(0), "\(zipped)")
            let again = try await site.run("quiz", "import", package, "--dry-run", "--json")
            #expect(
                again.output == "{\"not_taken_over\":[],\"questions\":2,\"quiz\":\"bank\"}\n" && again.exit == .code(0),
                "\(again)")
        }
    }

    @Test func `every mistake of a quiz is told with its place`() async throws {
        try await Site.with(redis: nil) { site in
            let text = Self.quiz.replacing("\"value\":4", with: "\"valeu\":4").replacing(
                "\"id\":\"q2\"", with: "\"id\":\"\"")
            let file = try site.write(text.utf8, to: "quiz.json")
            let check = try await site.run("quiz", "check", file)
            #expect(check.exit == .code(1))
            let lines = check.output.split(separator: "\n")
            #expect(lines.count == 2, "\(check)")
            #expect(lines[0].contains("questions[0].interaction.answers[0].valeu is unknown"))
            #expect(lines[1].hasSuffix("questions[1].id must have 1 to 255 bytes."))
            #expect(check.errors == "coursework: 2 problems found.\n")
        }
    }

    @Test func `a submission is graded and explained without a database`() async throws {
        try await Site.with(redis: nil) { site in
            let quiz = try site.write(Self.quiz.utf8, to: "quiz.json")
            let submission = try site.write(
                #"{"quiz":"demo","version":1,"responses":{"q1":{"value":"4"},"q2":{"value":{"a":"1","b":"1"}}}}"#.utf8,
                to: "submission.json")
            let words = ["quiz", "grade", "--quiz", quiz, "--submission", submission]
            let grade = try await site.run(program: Product.command, words)
            #expect(
                grade.output == """
                    q1: 2 of 2 points. The answer is accepted, for 100 %.
                    q2: 0.5 of 1 points. 1 of 2 pairs are right.
                    Total: 2.5 of 3 points.

                    graded, passed

                    """)
            let german = try await site.run(program: Product.command, words + ["--locale", "de-AT"])
            #expect(german.output.contains("q2: 0,5 von 1 Punkten. 1 von 2 Paaren sind richtig."), "\(german)")
            let json = try await site.run(program: Product.command, words + ["--json"])
            #expect(json.output.contains(#""points":"2.5""#) && json.output.contains(#""passed":true"#), "\(json)")
        }
    }

    @Test func `a quiz is stored, shown, exported and counted`() async throws {
        try await Site.with(nil, redis: nil) { site in
            _ = try await site.startDev()
            let file = try site.write(Self.quiz.utf8, to: "quiz.json")
            let stored = try await site.runOnDev("quiz", "import", file, "--course", "17")
            #expect(stored.output == "demo is version 1: 2 questions.\n" && stored.exit == .code(0), "\(stored)")
            let again = try await site.runOnDev("quiz", "import", file)
            #expect(again.output == "demo is version 1 already: 2 questions.\n", "\(again)")
            let shown = try await site.runOnDev("quiz", "show", "demo")
            #expect(
                shown.output.contains("version   1, for 3 points") && shown.output.contains("course    17"), "\(shown)")
            let exported = try await site.runOnDev("quiz", "export", "demo", "--format", "moodle")
            #expect(
                exported.exit == .code(1) && exported.output.contains("<question type=\"numerical\">"), "\(exported)")
            #expect(exported.errors.contains("The rules of the quiz (moodle holds questions alone)."), "\(exported)")
            let none = try await site.runOnDev("quiz", "attempt", "4711")
            #expect(none.exit == .code(1) && none.errors == "coursework: There is no attempt 4711.\n", "\(none)")
            let missing = try await site.runOnDev("quiz", "export", "demo", "--version", "9", "--format", "json")
            #expect(missing.errors == "coursework: There is no version 9 of a quiz 'demo'.\n", "\(missing)")
        }
    }

    @Test func `grades are counted, and a new key changes them after a dry run`() async throws {
        try await Site.with(nil, redis: nil) { site in
            _ = try await site.startDev()
            _ = try await site.runOnDev("quiz", "import", try site.write(Self.quiz.utf8, to: "quiz.json"))
            for (learner, answer) in [("ada", "4"), ("bob", "5"), ("eve", "4")] {
                let responses = #"{"q1":{"value":"\#(answer)"},"q2":{"value":{"a":"1","b":"1"}}}"#
                let args =
                    #"{"learner":"\#(learner)","submission":{"quiz":"demo","version":1,"responses":\#(responses)}}"#
                let graded = try await site.runOnDev("enqueue", "quiz.grade", "--wait", "--args", args)
                #expect(graded.exit == .code(0), "\(graded)")
            }
            let statistics = try await site.runOnDev("quiz", "statistics", "demo")
            #expect(statistics.output.contains("mean        1.83333"), "\(statistics)")
            #expect(statistics.output.contains("q1               3   0.66667"), "\(statistics)")
            let anew = try await site.runOnDev("quiz", "statistics", "demo", "--recompute")
            #expect(anew.errors == "" && anew.output.contains("median      2.5"), "\(anew)")

            let changed = Self.quiz.replacing("\"value\":4}", with: "\"value\":5}")
            _ = try await site.runOnDev("quiz", "import", try site.write(changed.utf8, to: "quiz.json"))
            let enqueued = try await site.runOnDev(
                "quiz", "regrade", "demo", "--version", "2", "--dry-run", "--reason", "key of q1")
            #expect(enqueued.exit == .code(0), "\(enqueued)")
            try await eventually("the dry run is done") {
                try await site.runOnDev("quiz", "regrades", "demo").output.contains("done, dry run")
            }
            let changes = try await site.runOnDev("quiz", "changes", "1")
            #expect(changes.output.contains(/2.5 of 3 points, passed +0.5 of 3 points, not passed/), "\(changes)")
            #expect(changes.output.contains("reason: key of q1"), "\(changes)")
            _ = try await site.runOnDev("quiz", "regrade", "demo", "--version", "2", "--reason", "key of q1")
            try await eventually("all are graded again") {
                try await site.runOnDev("quiz", "regrades", "demo", "--limit", "1", "--json").output.contains(
                    #""state":"done""#)
            }
            let attempt = try await site.runOnDev("quiz", "attempt", "1")
            #expect(attempt.output.contains("Total: 0.5 of 3 points."), "\(attempt)")
            #expect(attempt.output.contains("2.5 of 3 points, passed, by version 1; replaced"), "\(attempt)")
            let second = try await site.runOnDev("quiz", "statistics", "demo", "--recompute", "--json")
            #expect(second.errors == "" && second.output.contains(#""attempts":3"#), "\(second)")
            let old = try await site.runOnDev("quiz", "statistics", "demo", "--version", "1", "--recompute", "--json")
            #expect(old.errors == "" && old.output.contains(#""attempts":0"#), "\(old)")
        }
    }

    /// As the role of the web tier, with the rights that the migration names.
    @Test func `the README's SQL hands an attempt in, and it is graded`() async throws {
        try await Site.with(nil, redis: nil) { site in
            _ = try await site.startDev()
            _ = try await site.sql("CREATE ROLE web LOGIN; \(try Self.rights)")
            for block in try Readme.blocks("sql") where block.contains("GRANT") { _ = try await site.sql(block) }
            _ = try await site.sql("ALTER TABLE coursework.quiz_attempts ALTER COLUMN id RESTART WITH 4711")
            let block = try #require(try Readme.blocks("sql").first { $0.contains("quiz_attempts") })
            let document = try #require(try Readme.blocks("json").first { $0.contains(#""sections""#) })
            try await site.sql(block.replacing("{…}", with: document), user: "web")
            try await eventually("it is graded") {
                try await site.sql("SELECT state FROM coursework.quiz_attempts WHERE id = 4711", user: "web")
                    == "graded\n"
            }
        }
    }

    /// Those that the migration names, but those of the outbox.
    private static var rights: String {
        get throws {
            let file = Product.root + "/Sources/Database/Migrations/0005-quiz.sql"
            let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
            return lines.prefix { $0.hasPrefix("--") }.filter { $0.hasPrefix("--   ") && !$0.contains("as 0002") }
                .map { $0.dropFirst(2) }.joined(separator: "\n")
        }
    }

    @Test func `what was handed in and is not graded is found, and a learner is erased`() async throws {
        try await Site.with(nil, redis: nil) { site in
            _ = try await site.startDev()
            _ = try await site.runOnDev("quiz", "import", try site.write(Self.quiz.utf8, to: "quiz.json"))
            func finding() async throws -> String? {
                try await site.runOnDev("doctor").output.split(separator: "\n").first { $0.contains(" quizzes: ") }
                    .map { String($0) }
            }
            #expect(try await finding() == "ok       quizzes: What was handed in is graded, or its turn comes.")
            try await site.sql(
                """
                INSERT INTO coursework.quiz_attempts (quiz, version, learner) VALUES ('demo', 1, 'ada'), ('demo', 1, 'bob');
                UPDATE coursework.quiz_attempts SET state = 'submitted', submitted_at = '2026-01-01T08:00Z'
                """)
            let warning = "warning  quizzes: 2 attempts handed in and not graded, the first since 2026-01-01T08:00:00"
            #expect(try await finding()?.hasPrefix(warning) == true)
            let list = try await site.runOnDev("quiz", "ungraded")
            #expect(list.output.contains(/1 +demo +ada +2026-01-01T08:00:00/), "\(list)")
            let none = try await site.runOnDev("quiz", "ungraded", "--older-than", "3000d", "--json")
            #expect(none.output == "[]\n", "\(none)")
            let enqueued = try await site.runOnDev("quiz", "ungraded", "--enqueue")
            #expect(enqueued.output == "2 jobs are in the outbox.\n", "\(enqueued)")
            try await eventually("they are graded") {
                try await site.sql("SELECT count(*) FROM coursework.quiz_grades") == "2\n"
            }
            let erased = try await site.runOnDev("quiz", "erase", "ada", "--yes")
            #expect(erased.output == "Erased 1 attempts and 1 final grades.\n", "\(erased)")
            let again = try await site.runOnDev("quiz", "erase", "ada", "--json", "--yes")
            #expect(again.output == "{\"attempts\":0,\"final_grades\":0}\n", "\(again)")
        }
    }

    @Test func `a regrade whose job is gone or dead is not called running`() async throws {
        try await Site.with(nil, redis: nil) { site in
            _ = try await site.startDev()
            _ = try await site.runOnDev("quiz", "import", try site.write(Self.quiz.utf8, to: "quiz.json"))
            let dead = try await site.runOnDev("enqueue", "quiz.regrade", "--args", #"{"quiz":"nothing"}"#).output
                .trimmingCharacters(in: .newlines)
            try await eventually("it is dead") { try await site.runOnDev("jobs", "show", dead).output.contains("dead") }
            try await site.sql(
                """
                INSERT INTO coursework.quiz_regrades (job, quiz, version, dry_run, reason, attempts)
                VALUES ('default:1-0', 'demo', 1, false, 'key', 7), ('\(dead)', 'demo', 1, false, 'key', 7)
                """)
            let regrades = try await site.runOnDev("quiz", "regrades", "--json")
            #expect(regrades.output.contains(/"job":"default:1-0".*?"state":"stopped"/), "\(regrades)")
            #expect(regrades.output.contains(/"state":"dead"/), "\(regrades)")
            let changes = try await site.runOnDev("quiz", "changes", "1")
            #expect(changes.output.contains("stopped"), "\(changes)")
        }
    }

    @Test func `without a database it says what to set`() async throws {
        try await Site.with(redis: nil) { site in
            let show = try await site.run("quiz", "show", "demo")
            #expect(show.exit == .code(78) && show.errors.contains("set DATABASE_URL"), "\(show)")
        }
    }

    @Test(arguments: [
        ["quiz"], ["quiz", "nonsense"], ["quiz", "check"], ["quiz", "import"], ["quiz", "import", "-"],
        ["quiz", "import", "a", "--out", "b", "--dry-run"], ["quiz", "import", "a", "--format", "odt"],
        ["quiz", "export", "demo"], ["quiz", "grade", "--quiz", "a"], ["quiz", "attempt", "x"],
        ["quiz", "attempt", "1", "--locale", "tlh"], ["quiz", "statistics", "demo", "--version", "x"],
        ["quiz", "regrade", "demo"], ["quiz", "regrade", "--course", "17", "--version", "2"],
        ["quiz", "statistics", "demo", "--responses", "many"], ["quiz", "changes"], ["quiz", "erase"],
        ["quiz", "ungraded", "--older-than", "x"],
    ])
    func `what makes no sense is refused`(words: [String]) async throws {
        try await Site.with(redis: nil) { site in
            let refused = try await site.run(program: Product.command, words)
            #expect(refused.exit == .code(64) && refused.output == "", "\(refused)")
        }
    }
}
