extension MediaPlaylist {
    /// Reads what ffmpeg wrote.
    /// - Throws: ``UnsoundPlaylist`` for what is not whole, or names a file that is not beside it.
    package init(reading text: String) throws(UnsoundPlaylist) {
        let lines = text.split(whereSeparator: \.isNewline).map(String.init)
        guard lines.first == "#EXTM3U" else { throw UnsoundPlaylist("It does not begin with #EXTM3U.") }
        guard lines.last == "#EXT-X-ENDLIST" else { throw UnsoundPlaylist("It does not end with #EXT-X-ENDLIST.") }
        self.init(initialization: nil, segments: [])
        var duration: Double?
        for line in lines.dropFirst().dropLast() {
            if line.hasPrefix("#EXT-X-MAP:URI=\"") {
                initialization = try Self.fileName(line.dropFirst(16).prefix { $0 != "\"" })
            } else if line.hasPrefix("#EXTINF:") {
                duration = Double(line.dropFirst(8).prefix { $0 != "," })
            } else if !line.hasPrefix("#") {
                guard let length = duration, length.isFinite, (0...3600).contains(length) else {
                    throw UnsoundPlaylist("A segment has no duration.")
                }
                segments.append(Segment(duration: length, name: try Self.fileName(line[...])))
                duration = nil
            }
        }
        guard !segments.isEmpty else { throw UnsoundPlaylist("It has no segment.") }
    }

    private static func fileName(_ name: Substring) throws(UnsoundPlaylist) -> String {
        let isPlain = name.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: ".")
        }
        guard isPlain, name.first != ".", name.utf8.count < 100 else {
            throw UnsoundPlaylist("It names a file that is not beside it.")
        }
        return String(name)
    }
}

/// A playlist that players would stumble over.
package struct UnsoundPlaylist: Error, Equatable, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}
