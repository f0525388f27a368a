extension Decoder {
    /// Refuses a misspelt setting, at its place, so that no slip of a pen is passed over.
    /// - Parameters:
    ///   - known: all there are.
    ///   - what: whose settings they are: `a transport`.
    package func refuseKeys<Key: CodingKey & CaseIterable>(besides known: Key.Type, of what: String) throws {
        let names = known.allCases.map(\.stringValue)
        for key in try container(keyedBy: AnyKey.self).allKeys where !names.contains(key.stringValue) {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: codingPath + [key],
                    debugDescription: "\(what) has no such setting; it has \(names.joined(separator: ", "))."))
        }
    }
}

/// Any name of a key.
private struct AnyKey: CodingKey {
    let stringValue: String
    let intValue: Int? = nil

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}
