/// Parameters as libpq wants them: bytes as they are, everything else as text that ends with a zero.
struct ParameterList {
    /// All of them, one behind another.
    private var bytes: [UInt8] = []
    /// Where each begins; nil for null.
    private var beginnings: [Int?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    var count: Int32 { Int32(beginnings.count) }

    init(_ parameters: [PostgresValue]) throws(PostgresError) {
        for (index, parameter) in parameters.enumerated() {
            let begin = bytes.count
            let isText = append(parameter)
            beginnings.append(parameter == .null ? nil : begin)
            lengths.append(Int32(clamping: bytes.count - begin))
            formats.append(isText ? 0 : 1)
            guard isText, bytes[begin...].contains(0) else {
                bytes.append(0)
                continue
            }
            throw PostgresError(
                .invalidParameter, "The text of $\(index + 1) holds a zero byte, which PostgreSQL cannot store.")
        }
    }

    /// - Returns: false for what is no text.
    private mutating func append(_ parameter: PostgresValue) -> Bool {
        switch parameter {
        case .null: break
        case .text(let text): bytes += text.utf8
        case .integer(let number): bytes += String(number).utf8
        case .double(let number): bytes += Self.text(number).utf8
        case .bool(let flag): bytes.append(UInt8(ascii: flag ? "t" : "f"))
        case .texts(let texts): appendArray(texts) { bytes, text in Self.append(quoted: text, to: &bytes) }
        case .integers(let numbers): appendArray(numbers) { bytes, number in bytes += String(number).utf8 }
        case .bytes(let more):
            bytes += more
            return false
        }
        return true
    }

    private static func text(_ number: Double) -> String {
        guard number.isInfinite else { return number.isNaN ? "NaN" : "\(number)" }
        return number < 0 ? "-Infinity" : "Infinity"
    }

    private mutating func appendArray<Element>(_ elements: [Element?], _ append: (inout [UInt8], Element) -> Void) {
        bytes.append(UInt8(ascii: "{"))
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            if let element { append(&bytes, element) } else { bytes += "NULL".utf8 }
        }
        bytes.append(UInt8(ascii: "}"))
    }

    private static func append(quoted text: String, to bytes: inout [UInt8]) {
        bytes.append(quote)
        if text.utf8.contains(where: { $0 == quote || $0 == backslash }) {
            for byte in text.utf8 {
                if byte == quote || byte == backslash { bytes.append(backslash) }
                bytes.append(byte)
            }
        } else {
            bytes += text.utf8
        }
        bytes.append(quote)
    }

    private static let quote = UInt8(ascii: "\"")
    private static let backslash = UInt8(ascii: "\\")

    /// The pointers hold for the call alone.
    func withPointers<Value>(
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> Value
    ) -> Value {
        bytes.withUnsafeBytes { bytes in
            let start = bytes.assumingMemoryBound(to: CChar.self).baseAddress
            let pointers = beginnings.map { begin in begin.flatMap { start?.advanced(by: $0) } }
            return pointers.withUnsafeBufferPointer { body($0.baseAddress, lengths, formats) }
        }
    }
}
