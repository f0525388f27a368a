/// The containers that are read. What a file is, its first bytes say: never its name, nor ffmpeg's guess, which would also
/// believe in playlists that make it open other files and addresses.
package enum ContainerFormat: String, Sendable, Codable {
    /// MP4, QuickTime, 3GP.
    case mov
    /// Matroska and WebM.
    case matroska
    case avi
    case mpegTS = "mpegts"
    /// MPEG program streams: DVDs and old camcorders.
    case mpegPS = "mpeg"

    /// How many bytes of a file tell.
    package static let bytesToTell = 1024

    /// Nil for what is none of them.
    package init?(firstBytes bytes: some Collection<UInt8>) {
        let bytes = Array(bytes.prefix(Self.bytesToTell))
        if let found = Self.signatures.first(where: { $0.matches(bytes) }) {
            self = found.format
        } else if Self.isTransportStream(bytes) {
            self = .mpegTS
        } else {
            return nil
        }
    }

    private struct Signature {
        let format: ContainerFormat
        let parts: [(offset: Int, bytes: [UInt8])]

        func matches(_ bytes: [UInt8]) -> Bool {
            parts.allSatisfy { bytes.dropFirst($0.offset).starts(with: $0.bytes) }
        }
    }

    private static let signatures: [Signature] =
        ["ftyp", "moov", "mdat", "wide", "free", "skip", "pnot"].map { box in
            Signature(format: .mov, parts: [(4, Array(box.utf8))])
        } + [
            Signature(format: .matroska, parts: [(0, [0x1A, 0x45, 0xDF, 0xA3])]),
            Signature(format: .avi, parts: [(0, Array("RIFF".utf8)), (8, Array("AVI ".utf8))]),
            Signature(format: .mpegPS, parts: [(0, [0x00, 0x00, 0x01, 0xBA])]),
        ]

    /// Packets of 188 bytes begin with one letter; on disks of cameras each has four more before it.
    private static func isTransportStream(_ bytes: [UInt8]) -> Bool {
        [(0, 188), (4, 192)].contains { start, length in
            let starts = stride(from: start, to: bytes.count, by: length)
            return starts.underestimatedCount >= 4 && starts.allSatisfy { bytes[$0] == 0x47 }
        }
    }
}
