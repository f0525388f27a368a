extension UInt8 {
    /// A to Z, a to z, 0 to 9.
    var isASCIIAlphanumeric: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        default: false
        }
    }

    /// 0 to 9, A to F; of a number below 16.
    static func hexadecimalDigit(_ number: UInt8) -> UInt8 {
        number < 10 ? UInt8(ascii: "0") + number : UInt8(ascii: "A") + number - 10
    }
}

extension [UInt8] {
    /// Appends the two digits, `3D`.
    mutating func append(hexadecimal byte: UInt8) {
        append(.hexadecimalDigit(byte >> 4))
        append(.hexadecimalDigit(byte & 15))
    }
}
