/// Parameters as libpq wants them: bytes as they are, everything else as text that ends with a zero.
struct ParameterList {
    private var values: [[UInt8]?] = []
    private var formats: [Int32] = []

    var count: Int32 { Int32(values.count) }

    init(_ parameters: [PostgresValue]) throws(PostgresError) {
        values.reserveCapacity(parameters.count)
        for (index, parameter) in parameters.enumerated() {
            let text = Self.text(parameter)
            if let text, text.utf8.contains(0) {
                throw PostgresError(
                    .invalidParameter, "The text of $\(index + 1) holds a zero byte, which PostgreSQL cannot store.")
            }
            if case .bytes(let bytes) = parameter {
                values.append(bytes)
                formats.append(1)
            } else {
                values.append(text.map { Array($0.utf8) + [0] })
                formats.append(0)
            }
        }
    }

    private static func text(_ parameter: PostgresValue) -> String? {
        switch parameter {
        case .null, .bytes: nil
        case .text(let text): text
        case .integer(let number): String(number)
        case .double(let number): text(number)
        case .bool(let flag): flag ? "t" : "f"
        case .texts(let texts): array(texts.map { $0.map(quoted) })
        case .integers(let numbers): array(numbers.map { $0.map { String($0) } })
        }
    }

    private static func text(_ number: Double) -> String {
        guard number.isInfinite else { return number.isNaN ? "NaN" : "\(number)" }
        return number < 0 ? "-Infinity" : "Infinity"
    }

    private static func array(_ elements: [String?]) -> String {
        "{" + elements.map { $0 ?? "NULL" }.joined(separator: ",") + "}"
    }

    private static func quoted(_ text: String) -> String {
        var quoted: [UInt8] = [UInt8(ascii: "\"")]
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { quoted.append(UInt8(ascii: "\\")) }
            quoted.append(byte)
        }
        return String(decoding: quoted + [UInt8(ascii: "\"")], as: UTF8.self)
    }

    /// The pointers hold for the call alone.
    func withPointers<Value>(
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> Value
    ) -> Value {
        let lengths = values.map { Int32(clamping: $0?.count ?? 0) }
        let storage = values.map { bytes in
            bytes.map { bytes in
                let copy = UnsafeMutableBufferPointer<CChar>.allocate(capacity: max(1, bytes.count))
                bytes.withUnsafeBytes { UnsafeMutableRawBufferPointer(copy).copyMemory(from: $0) }
                return copy
            }
        }
        defer { for buffer in storage { buffer?.deallocate() } }
        let pointers = storage.map { $0.map { UnsafePointer($0.baseAddress!) } }
        return pointers.withUnsafeBufferPointer { body($0.baseAddress, lengths, formats) }
    }
}
