import Foundation
import ProgramSupport
import TestSupport
import Testing

/// Each client of `Clients/` is used by a program in its own language, which says what is wrong; what the programs cannot see is
/// looked at here.
@Suite("Clients", .inTurns(limit: .seconds(240)))
struct ClientTests {
    @Test func `enqueue from their languages, and whatever the network does, a job is one job`() async throws {
        try await ClientStage.with { stage in
            try await withThrowingTaskGroup { group in
                for language in Language.allCases { group.addTask { try await run(language, stage) } }
                try await group.waitForAll()
            }
            for language in Language.allCases {
                try await eventually("the jobs of \(language) are done") {
                    try await stage.done(language) >= language.jobs
                }
                let state = try await stage.site.state(of: language.rawValue)
                // The one whose traceparent was none waits for an hour.
                #expect(state == QueueState(scheduled: 1), "\(language)")
                #expect(try await stage.done(language) == language.jobs, "\(language)")
            }
            let undone = "SELECT count(*) FROM coursework.outbox WHERE args::text LIKE '%rolled back%'"
            #expect(try await stage.sql(undone) == "0")
            try checkRetries(try stage.networkStory())
        }
    }

    private func run(_ language: Language, _ stage: ClientStage) async throws {
        for (program, words) in language.commands(in: stage.site.folder) {
            let finished = try await stage.site.run(
                program: program, words, environment: stage.environment, within: .seconds(200))
            #expect(finished.exit == .code(0), "\(language): \(finished)")
            #expect(!finished.description.contains(stage.key), "\(language) tells the key")
        }
    }

    /// Each request was sent again as it was, and not before the server wanted it.
    private func checkRetries(_ story: [ClientStage.Passage]) throws {
        let requests = Dictionary(grouping: story, by: \.request)
        #expect(requests.count == 2 * Language.allCases.count)
        for passages in requests.values {
            #expect(passages.map(\.fault) == ["cut", "lose", "503", "429", "none"])
            for (first, second) in zip(passages, passages.dropFirst()) where ["503", "429"].contains(first.fault) {
                #expect(second.time - first.time >= 1, "the client did not wait as long as Retry-After said")
            }
        }
    }
}
