/// A block of `-progress`: what ffmpeg said of how far it is.
package struct ProgressReport: Sendable, Equatable {
    /// Of the output, in seconds; nil before its first frame.
    package var outputSeconds: Double?
    package var frame: Int?
    package var totalBytes: Int?

    /// Whether this is further than an earlier one.
    func isBeyond(_ other: ProgressReport) -> Bool {
        (outputSeconds ?? 0) > (other.outputSeconds ?? 0) || (frame ?? 0) > (other.frame ?? 0)
            || (totalBytes ?? 0) > (other.totalBytes ?? 0)
    }
}

/// Makes reports of the lines, however they are cut into pieces.
struct ProgressParser {
    /// What a line may have; a program that sends more says nothing of use.
    private static let lineLimit = 1024

    private var line: [UInt8] = []
    private(set) var report = ProgressReport()

    /// - Returns: whether a report is complete.
    mutating func read(_ piece: [UInt8]) -> Bool {
        var isComplete = false
        for byte in piece {
            if byte == UInt8(ascii: "\n") {
                isComplete = take(String(decoding: line, as: UTF8.self)) || isComplete
                line = []
            } else if line.count < Self.lineLimit {
                line.append(byte)
            }
        }
        return isComplete
    }

    private mutating func take(_ line: String) -> Bool {
        guard let equals = line.firstIndex(of: "=") else { return false }
        let value = line[line.index(after: equals)...].filter { $0 != " " }
        switch line[..<equals] {
        case "out_time_us": report.outputSeconds = Int(value).map { max(0, Double($0) / 1_000_000) }
        case "frame": report.frame = Int(value)
        case "total_size": report.totalBytes = Int(value)
        case "progress": return true
        default: break
        }
        return false
    }
}
