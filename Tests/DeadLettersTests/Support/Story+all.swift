import DeadLetters
import JobQueue
import Jobs
import RedisClient
import TestSupport

extension Story {
    static let all = groups + changes + replays

    static let groups: [Story] = [
        Story("letters of one cause are one group, and its count is that of its letters") { site in
            for number in 1...5 {
                try await site.bury("a\(number)", error: "Order \(number) has no line \(number * 7).")
            }
            try await site.bury("b", error: "No such course.")
            try await site.bury("c", type: "t.y", error: "No such course.")
            let groups = try await site.store.groups(limit: 10)
            try await promise(groups.map(\.count).sorted() == [1, 1, 5], "\(groups)")
            try await promise(groups.contains { $0.pattern == "Order <n> has no line <n>." }, "\(groups)")
            try await promise(try await site.drift() == nil, try await site.drift() ?? "")
        },
        Story("counts hold through death, replay, deletion, edit, import and age") { site in
            for number in 1...9 {
                try await site.bury("a\(number)", error: number < 5 ? "No." : "\"x\(number)\" is no name.")
            }
            let letters = try await site.letters()
            _ = try await site.store.delete(Array(letters.prefix(2)))
            try await promise(try await site.drift() == nil, "after a deletion: \(try await site.drift() ?? "")")
            try await site.replay(Array(letters[2..<5]))
            try await promise(try await site.drift() == nil, "after a replay: \(try await site.drift() ?? "")")
            try await site.buryAll("Another error.")
            _ = try await site.store.edit(letters[6], args: Array("[]".utf8), by: "ada")
            _ = try await site.store.add(letters)
            try await promise(try await site.drift() == nil, "after an import: \(try await site.drift() ?? "")")
            try await promise(try await site.store.count() == 9, "\(try await site.store.count()) letters")
            try await site.seed([("old", 1000)])
            try await promise(
                try await site.queue.deleteDeadLetters(olderThan: .seconds(3600)) == 1, "the old one stays")
            try await promise(try await site.drift() == nil, "after their age: \(try await site.drift() ?? "")")
            _ = try await site.store.delete(try await site.letters())
            try await promise(try await site.store.groups(limit: 10).isEmpty, "groups outlive their letters")
            try await promise(try await site.drift() == nil, "in the end: \(try await site.drift() ?? "")")
        },
        Story("only letters that are too old are deleted for their age") { site in
            try await site.bury("new")
            try await site.seed([("old", 1000), ("older", 500)])
            try await promise(
                try await site.queue.deleteDeadLetters(olderThan: .seconds(3600)) == 2, "not the two old ones")
            try await promise(try await site.letters().map(\.id.member) == ["new"], "\(try await site.letters())")
        },
    ]

    static let changes: [Story] = [
        Story("what was replayed and died again is not deleted for its former death") { site in
            try await site.bury("a")
            let seen = try await site.letters()
            try await site.replay(seen)
            try await site.untilNextMillisecond()
            try await site.buryAll()
            try await promise(try await site.store.delete(seen) == 0, "it was deleted")
            try await promise(try await site.store.count() == 1, "it is gone")
        },
        Story("of two administrators who edit at once, the second is told") { site in
            try await site.bury("a", args: #"{"to":"ada"}"#)
            let seen = try await site.letter("a")
            let first = try await site.store.edit(seen, args: Array(#"{"to":"bob"}"#.utf8), by: "one")
            let second = try await site.store.edit(seen, args: Array(#"{"to":"eve"}"#.utf8), by: "two")
            try await promise(first == .edited && second == .changed, "\(first) \(second)")
            let letter = try await site.letter("a")
            try await promise(letter.args.elementsEqual(#"{"to":"bob"}"#.utf8), "\(letter)")
            try await promise(letter.fields.text("edited_by") == "one", "\(letter)")
        },
        Story("the first payload is kept through all edits and replays") { site in
            try await site.bury("a", args: #"{"to":"ada"}"#)
            for number in 1...3 {
                _ = try await site.store.edit(try await site.letter("a"), args: Array("[\(number)]".utf8), by: "ada")
                try await site.replay(try await site.letters())
                try await site.buryAll()
            }
            let letter = try await site.letter("a")
            try await promise(letter.original?.elementsEqual(#"{"to":"ada"}"#.utf8) ?? false, "\(letter)")
            try await promise(letter.args.elementsEqual("[3]".utf8), "\(letter)")
        },
        Story("an import leaves the letters that are there as they are") { site in
            try await site.bury("a", args: "[1]")
            let before = try await site.letter("a")
            try await site.seed([("a", 1000), ("b", 1000)], args: "[2]")
            try await promise(try await site.letter("a") == before, "\(try await site.letter("a"))")
            try await promise(try await site.store.count() == 2, "b was not imported")
        },
    ]
}
