internal import FoundationEssentials
internal import Jobs

/// Tokens for jobs that need their id before Redis gives them one.
enum JobToken {
    /// A UUIDv7 (RFC 9562): sorted by the time it was made, without hyphens.
    static func make() -> String {
        let milliseconds = UInt64(Date().timeIntervalSince1970 * 1000)
        let high = milliseconds << 16 | 0x7000 | UInt64.random(in: 0..<0x1000)
        let low = 0x8000_0000_0000_0000 | UInt64.random(in: 0..<0x4000_0000_0000_0000)
        return high.hexadecimal + low.hexadecimal
    }

    /// The token of a job that belongs to something with a token of its own, and to nothing else; of at most 64 letters.
    static func derived(from token: String, _ number: Int) -> String {
        guard token.utf8.count > 44 else { return "\(token)-\(number)" }
        // FNV-1a stands for the end of the name, so that long names with one beginning or one end differ.
        let hash = token.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return "\(token.prefix(27))\(hash.hexadecimal)-\(number)"
    }
}
