import Foundation
import Platform

/// One run of one job, as its handler wrote it down.
struct Execution: Sendable {
    enum End: Sendable {
        case ended, cancelled
    }

    let key: String
    /// The job's id.
    let job: String
    let attempt: Int
    let process: Int32
    let began: MonotonicTime
    /// Nil when the process died first, or it still runs.
    var end: (how: End, time: MonotonicTime)?
}

/// The effect oracle: all that handlers did, read from the file that `diagnostics.journal` adds to.
struct Executions: Sendable {
    private(set) var all: [Execution] = []

    init(file: String) {
        guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { return }
        var open: [String: [Int]] = [:]
        for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
            let words = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
            guard words.count == 6, let attempt = Int(words[3]), let process = Int32(words[4]),
                let nanoseconds = UInt64(words[5])
            else { continue }
            let (time, run) = (MonotonicTime(nanoseconds: nanoseconds), "\(words[1]) \(process)")
            switch words[0] {
            case "began":
                open[run, default: []].append(all.count)
                all.append(
                    Execution(key: words[1], job: words[2], attempt: attempt, process: process, began: time))
            case "ended", "cancelled":
                guard let index = open[run]?.popLast() else { continue }
                all[index].end = (words[0] == "ended" ? .ended : .cancelled, time)
            default: continue
            }
        }
    }

    /// Keys of the jobs whose handler came to its end, and how often.
    var effects: [String: Int] {
        all.lazy.filter { $0.end?.how == .ended }.reduce(into: [:]) { $0[$1.key, default: 0] += 1 }
    }

    var byKey: [String: [Execution]] { Dictionary(grouping: all, by: \.key) }
}
