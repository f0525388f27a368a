import PostgresClient
import QuizScoring
import Synchronization

/// The keys of the versions that were used last: each is read and compiled once.
final class QuizKeys: Sendable {
    typealias Found = Result<QuizKey, GradingRefusal>

    private struct Entry {
        let key: QuizKey
        let bytes: Int
        var lastUse: Int
    }

    private struct State {
        var entries: [QuizVersion: Entry] = [:]
        var bytes = 0
        var uses = 0
    }

    private static let most = 256
    /// Of documents; a compiled key takes some times as much.
    private static let mostBytes = 16 << 20

    private let state = Mutex(State())

    /// Those of these versions; what there is none of is told as a refusal.
    func find(_ versions: Set<QuizVersion>, in transaction: PostgresTransaction) throws -> [QuizVersion: Found] {
        var found = known(versions)
        let missing = versions.filter { found[$0] == nil }.sorted()
        guard !missing.isEmpty else { return found }
        let possible = missing.filter(\.isPossible)
        let rows = try transaction.query(
            """
            SELECT v.quiz, v.version, v.document::text AS document FROM coursework.quiz_versions AS v
            JOIN unnest($1::text[], $2::int[]) AS wanted (quiz, version) USING (quiz, version)
            """, [.texts(possible.map(\.quiz)), .integers(possible.map(\.version))])
        for row in rows {
            let version = QuizVersion(quiz: try row["quiz"], version: try row["version"])
            found[version] = compile(version, Array((try row["document"] as String).utf8))
        }
        for version in missing where found[version] == nil {
            found[version] = .failure(GradingRefusal("There is no \(version) in coursework.quiz_versions."))
        }
        return found
    }

    private func compile(_ version: QuizVersion, _ document: [UInt8]) -> Found {
        do throws(InvalidDocument) {
            let key = try QuizKey(json: document)
            keep(key, as: version, bytes: document.count)
            return .success(key)
        } catch {
            return .failure(GradingRefusal("Nothing can be graded by \(version): \(error)"))
        }
    }

    private func known(_ versions: Set<QuizVersion>) -> [QuizVersion: Found] {
        state.withLock { state in
            state.uses += 1
            var found: [QuizVersion: Found] = [:]
            for version in versions {
                guard let entry = state.entries[version] else { continue }
                state.entries[version]?.lastUse = state.uses
                found[version] = .success(entry.key)
            }
            return found
        }
    }

    private func keep(_ key: QuizKey, as version: QuizVersion, bytes: Int) {
        state.withLock { state in
            state.uses += 1
            let former = state.entries.updateValue(Entry(key: key, bytes: bytes, lastUse: state.uses), forKey: version)
            state.bytes += bytes - (former?.bytes ?? 0)
            while state.entries.count > Self.most || state.bytes > Self.mostBytes && state.entries.count > 1 {
                guard let oldest = state.entries.min(by: { $0.value.lastUse < $1.value.lastUse }) else { return }
                state.entries[oldest.key] = nil
                state.bytes -= oldest.value.bytes
            }
        }
    }
}
