/// Keys of a queue that hold something else, told to a person.
enum SpoiledKeys {
    static func sentence(_ keys: [String]) -> String {
        let (what, verb) = keys.count == 1 ? ("The key", "holds") : ("The keys", "hold")
        return
            "\(what) \(keys.joined(separator: ", ")) \(verb) something that is no part of a queue: rename or delete it."
    }
}
