import TestSupport

/// What a tool finds in the hole of a signed file.
struct SignedMessageFile {
    let message: [UInt8]

    init(_ file: [UInt8]) throws {
        let text = String(decoding: file, as: Unicode.ASCII.self)
        guard let digits = text.split(separator: "/Contents <").last?.prefix(while: \.isHexDigit) else {
            throw TestFailure("no signature")
        }
        let values = digits.map { UInt8($0.hexDigitValue ?? 0) }
        message = stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
    }
}
