/// The places of ids, found again by the id.
struct IDTable: Sendable {
    let count: Int
    /// Few are sooner looked through than hashed.
    private let few: [String]
    private let places: [String: Int]

    private static let mostLookedThrough = 6

    /// - Throws: for an id that is empty, too long, or there a second time.
    init(_ ids: [String], at path: QuizPath) throws(InvalidDocument) {
        var places: [String: Int] = [:]
        for (place, id) in ids.enumerated() {
            let position = path.index(place).key("id")
            try position.check((1...255).contains(id.utf8.count), "must have 1 to 255 bytes")
            try position.check(
                places.updateValue(place, forKey: id) == nil, "is \(InvalidDocument.quoted(id)) a second time")
        }
        (self.places, count) = (places, ids.count)
        few = ids.count <= Self.mostLookedThrough ? ids : []
    }

    subscript(id: String) -> Int? { few.isEmpty ? places[id] : few.firstIndex(of: id) }
}
