import FoundationEssentials

/// Values, exactly as `JSONDecoder` makes them.
extension PayloadDocument {
    func isNull(_ index: Int) -> Bool { self[index].kind == .null }

    func bool(at index: Int) throws -> Bool {
        switch self[index].kind {
        case .true: true
        case .false: false
        default: throw mismatch(Bool.self, at: index)
        }
    }

    func string(at index: Int) throws -> String {
        let entry = self[index]
        switch entry.kind {
        case .string: return text(entry)
        case .escapedString: return unescapedText(entry)
        default: throw mismatch(String.self, at: index)
        }
    }

    /// Numbers like `1.0` and `1e2` are integers too, but rare.
    func integer<Integer: FixedWidthInteger>(_: Integer.Type, at index: Int) throws -> Integer {
        let entry = self[index]
        guard entry.kind.isNumber else { throw mismatch(Integer.self, at: index) }
        guard entry.kind == .integer else { throw giveUp() }
        guard let value = withText(of: entry, { Self.integer(Integer.self, $0) }) else { throw giveUp() }
        return value
    }

    /// Values outside the normal range are for `JSONDecoder` to refuse or to round.
    func float<Float: BinaryFloatingPoint & LosslessStringConvertible>(_: Float.Type, at index: Int) throws -> Float {
        let entry = self[index]
        guard entry.kind.isNumber else { throw mismatch(Float.self, at: index) }
        let text = text(entry)
        guard let value = Float(text), value.isNormal || text == "0" || text == "0.0" else { throw giveUp() }
        return value
    }

    func value<Value: Decodable>(_ type: Value.Type, at index: Int) throws -> Value {
        // JSONDecoder has its own rules for these, and for no other type as long as its strategies are the standard
        // ones: a date is the number it encodes as.
        if type == URL.self { return try url(at: index) as! Value }
        if type == Decimal.self, !self[index].kind.isNumber { throw mismatch(type, at: index) }
        if type == Data.self || type == Decimal.self { throw giveUp() }
        return try Value(from: PayloadReader(document: self, index: index))
    }

    private func url(at index: Int) throws -> URL {
        guard let url = URL(string: try string(at: index)) else { throw giveUp() }
        return url
    }

    /// The text of a number, a key or a string without escapes.
    func text(_ entry: PayloadEntry) -> String { withText(of: entry) { String(decoding: $0, as: UTF8.self) } }

    private func unescapedText(_ entry: PayloadEntry) -> String {
        // A character is never longer than its escape sequence.
        String(unsafeUninitializedCapacity: Int(entry.count)) { buffer in
            withText(of: entry) { PayloadEscape.write($0, into: buffer) }
        }
    }

    /// Reads up to 19 digits, which always fit into 64 bits. Minus zero is left out: for whom it is a number, differs.
    private static func integer<Integer: FixedWidthInteger>(
        _: Integer.Type, _ text: UnsafeBufferPointer<UInt8>
    ) -> Integer? {
        let isNegative = text.first == UInt8(ascii: "-")
        let digits = isNegative ? text.dropFirst() : text[...]
        guard digits.count <= 19 else { return nil }
        let magnitude = digits.reduce(into: UInt64(0)) { $0 = $0 &* 10 &+ UInt64($1 &- UInt8(ascii: "0")) }
        guard isNegative else { return Integer(exactly: magnitude) }
        guard magnitude > 0, magnitude <= Int64.min.magnitude else { return nil }
        return Integer(exactly: Int64(truncatingIfNeeded: 0 &- magnitude))
    }
}
