import DeadLetters
import TestSupport
import Testing

@Suite("Pages of dead letters", .timeLimit(.minutes(2)))
struct PagingTests {
    private func walk(
        _ site: LetterSite, _ range: LetterStore.Range, limit: Int, between: (Int) async throws -> Void = { _ in }
    ) async throws -> [String] {
        var (cursor, found, pages): (LetterCursor?, [String], Int) = (nil, [], 0)
        while true {
            let page = try await site.store.page(range, behind: cursor, limit: limit)
            found += page.letters.map(\.id.member)
            guard let last = page.letters.last, page.hasMore else { return found }
            cursor = LetterCursor(behind: last)
            pages += 1
            try await between(pages)
        }
    }

    @Test(arguments: [LetterStore.Range.Order.oldestFirst, .latestFirst], [1, 3, 7, 100])
    func `have every letter once, also of one millisecond`(order: LetterStore.Range.Order, limit: Int) async throws {
        try await withLetters { site in
            let names = ["B", "a", "a-", "a.1", "_", "Z9", "b", "10", "9", "z"]
            let letters = [5, 7, 9].flatMap { time in names.map { (member: "\($0)\(time)", buried: time * 1000) } }
            try await site.seed(letters)
            let sorted = letters.sorted { first, second in
                first.buried == second.buried
                    ? first.member.utf8.lexicographicallyPrecedes(second.member.utf8) : first.buried < second.buried
            }.map(\.member)
            let expected = order == .oldestFirst ? sorted : sorted.reversed()
            #expect(try await walk(site, .init(order), limit: limit) == Array(expected))
        }
    }

    /// Whoever stays is met exactly once, whatever comes and goes meanwhile; the place itself may go.
    @Test(arguments: [LetterStore.Range.Order.oldestFirst, .latestFirst], 0..<12)
    func `stay right while letters come and go`(order: LetterStore.Range.Order, seed: Int) async throws {
        try await withLetters { site in
            var chance = SeededGenerator(seed: UInt64(seed))
            var here = Set((0..<60).map { "k\($0)" })
            func time(_ member: String) -> Int { (Int(member.dropFirst()) ?? 0) % 4 * 1000 + 1000 }
            try await site.seed(here.sorted().map { ($0, time($0)) })
            let stable = Set(here.shuffled(using: &chance).prefix(30))
            let met = try await walk(site, .init(order), limit: .random(in: 1...6, using: &chance)) { page in
                for member in here.subtracting(stable).sorted() where Bool.random(using: &chance) {
                    here.remove(member)
                    _ = try await site.store.delete([try await site.letter(member)])
                }
                let new = (0..<3).map { "k\(1000 * page + $0 + Int.random(in: 0..<100, using: &chance) * 3)" }
                try await site.seed(Set(new).sorted().map { ($0, time($0)) })
                here.formUnion(new)
            }
            #expect(Set(met).count == met.count, "one was met twice")
            #expect(stable.isSubset(of: met), "missed: \(stable.subtracting(met).sorted())")
        }
    }

    @Test func `can be of a time and of a group`() async throws {
        try await withLetters { site in
            try await site.seed((1...9).map { ("a\($0)", $0 * 1000) })
            try await site.bury("b", error: "Another one.")
            var range = LetterStore.Range(.latestFirst)
            (range.since, range.until) = (3000, 6000)
            #expect(try await walk(site, range, limit: 2) == ["a6", "a5", "a4", "a3"])
            range.order = .oldestFirst
            #expect(try await walk(site, range, limit: 100) == ["a3", "a4", "a5", "a6"])
            range.group = try await site.letter("b").group
            #expect(try await walk(site, range, limit: 100) == [])
            (range.since, range.until) = (nil, nil)
            #expect(try await walk(site, range, limit: 100) == ["b"])
            range.group = "nonsense"
            #expect(try await walk(site, range, limit: 100) == [])
        }
    }

    @Test func `are no larger than a megabyte and a letter`() async throws {
        try await withLetters { site in
            try await site.seed((0..<6).map { ("a\($0)", 1000) }, args: String(repeating: "x", count: 400_000))
            let page = try await site.store.page(.init(.oldestFirst), behind: nil)
            #expect(page.letters.count == 3)
            #expect(page.hasMore)
            #expect(try await site.letters().count == 6)
            #expect(try await site.drive(try await site.begin()).replayed == 6)
        }
    }
}
