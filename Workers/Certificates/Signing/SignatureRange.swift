internal import CertificateDocument
internal import FoundationEssentials

/// What the last signature of a PDF file is, and what it is of: by its range, which must be all of the file but the
/// signature itself (ISO 32000-1, 12.8.1; ISO 19005-2, 6.4.3). Nothing else of the file is read, so nothing in it
/// matters.
struct SignatureRange {
    let signature: [UInt8]
    let bytes: [UInt8]
    /// Seconds since 1970.
    let claimedTime: Int?

    init(of file: [UInt8]) throws(InvalidSignature) {
        guard let key = file.range(of: "/ByteRange", backwards: true) else { throw .absent }
        let hole = try Self.hole(Self.numbers(file[key.upperBound...].prefix(100)), in: file)
        guard let signature = Self.signature(file[hole]) else { throw .broken }
        self.signature = signature
        bytes = Array(file[..<hole.lowerBound] + file[hole.upperBound...])
        claimedTime = Self.time(in: file[..<key.lowerBound].suffix(2000))
    }

    /// `[ 0 840 960 240 ]`: from, count, from, count.
    private static func numbers(_ bytes: ArraySlice<UInt8>) -> [Int] {
        guard let open = bytes.firstIndex(of: UInt8(ascii: "[")), let close = bytes.firstIndex(of: UInt8(ascii: "]")),
            open < close
        else { return [] }
        return bytes[(open + 1)..<close].split(separator: UInt8(ascii: " ")).map {
            Int(String(decoding: $0, as: UTF8.self)) ?? -1
        }
    }

    private static func hole(_ numbers: [Int], in file: [UInt8]) throws(InvalidSignature) -> Range<Int> {
        guard numbers.count == 4, numbers[0] == 0, (1...file.count).contains(numbers[1]),
            (numbers[1]...file.count).contains(numbers[2]), numbers[2] - numbers[1] > 2,
            numbers[3] == file.count - numbers[2]
        else { throw .partial }
        let hole = numbers[1]..<numbers[2]
        let before = file[..<hole.lowerBound].suffix(10).filter { $0 != UInt8(ascii: " ") }
        guard before.suffix(9).elementsEqual("/Contents".utf8), file[hole.lowerBound] == UInt8(ascii: "<"),
            file[hole.upperBound - 1] == UInt8(ascii: ">")
        else { throw .partial }
        return hole
    }

    /// Zeros may follow it: its length is in it.
    private static func signature(_ hole: ArraySlice<UInt8>) -> [UInt8]? {
        let digits = hole.dropFirst().dropLast().map { Character(Unicode.Scalar($0)).hexDigitValue }
        guard digits.count % 2 == 0, digits.allSatisfy({ $0 != nil }) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0]! << 4 | digits[$0 + 1]!) }
    }

    /// `/M (D:20261201120000Z)`, where the entry lies before the range.
    private static func time(in bytes: ArraySlice<UInt8>) -> Int? {
        guard let key = bytes.range(of: "/M (D:", backwards: true) else { return nil }
        let digits = String(decoding: bytes[key.upperBound...].prefix(14), as: UTF8.self)
        let style = Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted)
        return (try? style.parse("\(digits.prefix(8))T\(digits.dropFirst(8))Z")).map { Int($0.timeIntervalSince1970) }
    }
}
