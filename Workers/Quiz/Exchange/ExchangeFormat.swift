package import QuizScoring

/// The formats of other platforms.
package enum ExchangeFormat: String, Sendable, CaseIterable {
    case gift, moodle
    /// An item, or a package of items.
    case qti

    private static let zipMark = Array("PK\u{3}\u{4}".utf8)

    /// What the bytes look like. Everything that is neither XML nor a zip archive may be GIFT.
    package static func guess(_ bytes: [UInt8]) -> ExchangeFormat {
        if bytes.starts(with: zipMark) { return .qti }
        let text = bytes.drop { $0 <= 0x20 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }
        guard text.first == UInt8(ascii: "<") else { return .gift }
        let isItem = String(decoding: text.prefix(4096), as: UTF8.self).contains("<qti-assessment-item")
        return isItem ? .qti : .moodle
    }

    package func read(_ bytes: [UInt8]) throws(InvalidImport) -> ImportReport {
        switch self {
        case .gift: try GIFTImport.read(bytes)
        case .moodle: try MoodleImport.read(bytes)
        case .qti: bytes.starts(with: Self.zipMark) ? try QTIPackage.read(bytes) : try QTIImport.read(bytes)
        }
    }

    /// - Returns: a file, and everything that it cannot hold.
    package func write(_ questions: [Question]) throws(InvalidImport) -> (bytes: [UInt8], notes: [ExportNote]) {
        switch self {
        case .gift: Self.file(GIFTExport.write(questions))
        case .moodle: Self.file(MoodleExport.write(questions))
        case .qti: try QTIPackage.write(questions)
        }
    }

    private static func file(_ report: ExportReport) -> (bytes: [UInt8], notes: [ExportNote]) {
        (Array(report.text.utf8), report.notes)
    }
}
