/// The section `unsubscribe`: how readers leave a list.
package struct UnsubscribeSettings: Decodable, Sendable {
    /// Where the platform takes one-click requests: `https://learn.example.org/unsubscribe`.
    package var url: String
    /// A file of keys, one a line: the first signs, all are believed. Relative to the configuration's folder.
    package var keyFile: String?
    /// For how many days a link works, 30 to 3650. Else 90.
    package var validDays: Int?
}
