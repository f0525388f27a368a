/// Names a span within its trace: 8 bytes, not all of them zero.
public struct SpanID: Sendable, Hashable, CustomStringConvertible {
    public let bits: UInt64

    public init?(bits: UInt64) {
        guard bits != 0 else { return nil }
        self.bits = bits
    }

    private init(_ bits: UInt64) { self.bits = bits }

    public static func random() -> SpanID { SpanID(.random(in: 1 ... .max)) }

    /// 16 digits.
    public var description: String { bits.hexadecimal }
}

extension UInt64 {
    /// 16 digits in lower case.
    var hexadecimal: String {
        String(unsafeUninitializedCapacity: 16) { digits in
            for place in 0..<16 {
                let digit = UInt8(truncatingIfNeeded: self >> UInt64(60 - 4 * place)) & 0xf
                digits[place] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
            }
            return 16
        }
    }

    /// Nil for anything but digits in lower case, at most 16.
    init?(hexadecimal digits: ArraySlice<UInt8>) {
        var bits: UInt64 = 0
        for digit in digits {
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): bits = bits << 4 | UInt64(digit - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): bits = bits << 4 | UInt64(digit - UInt8(ascii: "a") + 10)
            default: return nil
            }
        }
        self = bits
    }
}
