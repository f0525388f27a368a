/// The section `unsubscribe`: how readers leave a list.
package struct UnsubscribeSettings: Sendable {
    /// Where the platform takes one-click requests: `https://learn.example.org/unsubscribe`.
    package var url: String
    /// A file of keys, one a line: the first signs, all are believed. Relative to the configuration's folder.
    package var keyFile: String?
    /// For how many days a link works, 30 to 3650. Else 90.
    package var validDays: Int?
}

extension UnsubscribeSettings: Decodable {
    private enum Key: String, CaseIterable, CodingKey {
        case url, keyFile, validDays
    }

    package init(from decoder: any Decoder) throws {
        try decoder.refuseKeys(besides: Key.self, of: "'unsubscribe'")
        let values = try decoder.container(keyedBy: Key.self)
        url = try values.decode(String.self, forKey: .url)
        keyFile = try values.decodeIfPresent(String.self, forKey: .keyFile)
        validDays = try values.decodeIfPresent(Int.self, forKey: .validDays)
    }
}
