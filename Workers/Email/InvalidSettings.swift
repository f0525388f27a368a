/// A setting that is wrong, and what to do about it. Never holds a secret.
struct InvalidSettings: Error, Equatable, CustomStringConvertible {
    let description: String

    /// - Parameters:
    ///   - key: of the section `email`, with the way to it where it is inside a value, or the name of an environment
    ///     variable.
    ///   - problem: a whole sentence.
    init(key: String, _ problem: String) {
        let place = EmailSettings.keys.contains(String(key.prefix { $0 != "." })) ? "workers.email.\(key)" : key
        description = "\(place): \(problem)"
    }
}
