extension [String: ResponseValue] {
    /// The first name, by the alphabet, that is none of these.
    func unknownName(among names: Set<String>) -> String? {
        keys.allSatisfy(names.contains) ? nil : keys.filter { !names.contains($0) }.min()
    }
}
