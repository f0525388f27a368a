/// Keys of a queue that hold something else, told to a person.
package struct SpoiledKeys: Error, CustomStringConvertible {
    private let keys: [String]

    /// Nil where there is none.
    package init?(_ keys: [String]) {
        guard !keys.isEmpty else { return nil }
        self.keys = keys
    }

    package var description: String {
        let (what, verb) = keys.count == 1 ? ("The key", "holds") : ("The keys", "hold")
        return
            "\(what) \(keys.joined(separator: ", ")) \(verb) something that is no part of a queue: rename or delete it."
    }
}
