internal import JOSE
internal import Zlib

/// A bit for each credential that was awarded: set when it is revoked (W3C Bitstring Status List 1.0).
package struct BitstringStatusList: Sendable, Equatable {
    /// Of credentials, so that nobody who asks for a list tells whose certificate they look at (6.1).
    package static let leastCount = 131_072
    /// Of a list that is read, in bytes.
    private static let mostBytes = 16 << 20

    /// The first bit is the highest of the first byte.
    private var bytes: [UInt8]

    /// - Parameters:
    ///   - revoked: places in the list, from 0 on.
    ///   - count: how many places it has at least.
    package init(revoked: some Collection<Int>, count: Int = leastCount) {
        let count = max(count, Self.leastCount, (revoked.max() ?? 0) + 1)
        bytes = Array(repeating: 0, count: (count + 7) / 8)
        for index in revoked { bytes[index / 8] |= Self.bit(index) }
    }

    /// - Parameter encoded: as `encodedList` has it.
    /// - Returns: nil for what is no such list.
    init?(encoded: String) {
        guard encoded.first == "u", let compressed = Base64URL.bytes(encoded.dropFirst()),
            let bytes = CompressedFormat.gzip.inflate(compressed, mostBytes: Self.mostBytes),
            bytes.count * 8 >= Self.leastCount
        else { return nil }
        self.bytes = bytes
    }

    /// Multibase of base64url, of gzip (4.1).
    var encoded: String { "u" + Base64URL.text(CompressedFormat.gzip.compress(bytes)) }

    /// How many places it has.
    package var count: Int { bytes.count * 8 }

    /// nil for a place that it does not have.
    package func isRevoked(_ index: Int) -> Bool? {
        (0..<count).contains(index) ? bytes[index / 8] & Self.bit(index) != 0 : nil
    }

    private static func bit(_ index: Int) -> UInt8 { 0x80 >> UInt8(index % 8) }
}
