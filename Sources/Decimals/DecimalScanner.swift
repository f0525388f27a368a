/// Takes the bytes of a number one by one.
struct DecimalScanner {
    private enum State { case start, whole, fraction, exponentStart, exponentSign, exponent }

    private var state = State.start
    private var isNegative = false
    private var hasDigits = false
    private var magnitude: UInt128 = 0
    private var exponent = 0
    private var isInexact = false
    private var isExponentNegative = false
    private var writtenExponent = 0

    /// - Returns: whether the byte may stand here.
    mutating func take(_ byte: UInt8) -> Bool {
        switch (byte, state) {
        case (UInt8(ascii: "0")...UInt8(ascii: "9"), _): takeDigit(byte - UInt8(ascii: "0"))
        case (UInt8(ascii: "+"), .start), (UInt8(ascii: "-"), .start):
            isNegative = byte == UInt8(ascii: "-")
            state = .whole
        case (UInt8(ascii: "."), .start), (UInt8(ascii: "."), .whole): state = .fraction
        case (UInt8(ascii: "e"), .whole), (UInt8(ascii: "e"), .fraction),
            (UInt8(ascii: "E"), .whole), (UInt8(ascii: "E"), .fraction):
            guard hasDigits else { return false }
            state = .exponentStart
        case (UInt8(ascii: "+"), .exponentStart), (UInt8(ascii: "-"), .exponentStart):
            isExponentNegative = byte == UInt8(ascii: "-")
            state = .exponentSign
        default: return false
        }
        return true
    }

    /// `nil` for what has no digits, or none behind its `e`.
    var result: LongResult? {
        guard hasDigits, state != .exponentStart, state != .exponentSign else { return nil }
        let power = magnitude == 0 ? 0 : exponent + (isExponentNegative ? -writtenExponent : writtenExponent)
        return LongResult(isNegative: isNegative, magnitude: magnitude, exponent: power, isInexact: isInexact)
    }

    private mutating func takeDigit(_ digit: UInt8) {
        switch state {
        case .start, .whole, .fraction:
            hasDigits = true
            if state == .start { state = .whole }
            keep(digit)
        case .exponentStart, .exponentSign, .exponent:
            state = .exponent
            // More is out of range in any case.
            writtenExponent = min(100_000, writtenExponent * 10 + Int(digit))
        }
    }

    /// Keeps 36 digits: two more than are kept at last, for the rounding.
    private mutating func keep(_ digit: UInt8) {
        let isBehindPoint = state == .fraction
        guard magnitude < UInt128.powersOfTen[35] else {
            if digit != 0 { isInexact = true }
            if !isBehindPoint { exponent += 1 }
            return
        }
        magnitude = magnitude * 10 + UInt128(digit)
        if isBehindPoint { exponent -= 1 }
    }
}
