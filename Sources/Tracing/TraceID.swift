/// Names a trace: 16 bytes, not all of them zero.
public struct TraceID: Sendable, Hashable, CustomStringConvertible {
    public let high: UInt64
    public let low: UInt64

    /// Nil for all zeros, which names none.
    public init?(high: UInt64, low: UInt64) {
        guard high != 0 || low != 0 else { return nil }
        (self.high, self.low) = (high, low)
    }

    private init(_ high: UInt64, _ low: UInt64) {
        (self.high, self.low) = (high, low | (high == 0 && low == 0 ? 1 : 0))
    }

    public static func random() -> TraceID { TraceID(.random(in: .min ... .max), .random(in: .min ... .max)) }

    /// The same for the same name, wherever it is made: so the attempts of a job whose producer began no trace stand in one,
    /// on whichever workers they run, and nothing has to be stored for that.
    public init(naming name: some Sequence<UInt8>) {
        // Two hashes (FNV-1a, and one that multiplies by the golden ratio), well mixed: a sample is drawn by these bits.
        var (first, second): (UInt64, UInt64) = (0xcbf2_9ce4_8422_2325, 0x6a09_e667_f3bc_c908)
        for byte in name {
            first = (first ^ UInt64(byte)) &* 0x0100_0000_01b3
            second = (second ^ UInt64(byte)) &* 0x9e37_79b9_7f4a_7c15
            second ^= second >> 29
        }
        self.init(Self.mixed(first), Self.mixed(second ^ first))
    }

    /// The last step of SplitMix64.
    private static func mixed(_ bits: UInt64) -> UInt64 {
        var bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
        bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
        return bits ^ (bits >> 31)
    }

    /// 32 digits.
    public var description: String { high.hexadecimal + low.hexadecimal }
}
