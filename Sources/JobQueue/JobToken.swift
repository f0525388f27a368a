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
}
