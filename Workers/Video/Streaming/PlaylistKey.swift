/// How segments are encrypted: AES-128 in CBC, the key behind an address (RFC 8216, 4.3.2.4). Each segment's
/// initialization vector is its number.
package struct PlaylistKey: Sendable, Equatable {
    /// Where players get the 16 bytes.
    package let address: String

    /// Nil for an address that cannot stand in a playlist.
    package init?(address: String) {
        let isPlain = address.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") }
        guard isPlain, (1...2000).contains(address.utf8.count) else { return nil }
        self.address = address
    }

    var tag: String { "#EXT-X-KEY:METHOD=AES-128,URI=\"\(address)\"" }
}
