internal import Foundation
internal import Glibc
internal import Platform

/// What /proc says.
public enum ProcessTable {
    /// Children, their children, and so on.
    public static func descendants(of processID: Int32) -> [Int32] {
        let parents = Dictionary(grouping: all, by: \.parent)
        func below(_ processID: pid_t) -> [pid_t] {
            (parents[processID] ?? []).flatMap { [$0.processID] + below($0.processID) }
        }
        return below(processID)
    }

    /// Processor time used so far, in hundredths of a second.
    public static func ticks(of processID: Int32) -> Int {
        let fields = statistics(processID)
        return fields.count > 12 ? (Int(fields[11]) ?? 0) + (Int(fields[12]) ?? 0) : 0
    }

    /// Living processes that were started with a variable in their environment, wherever they hang in the tree.
    public static func processes(withVariable name: String, _ value: String) -> [Int32] {
        let wanted = Array("\(name)=\(value)".utf8)
        return all.map(\.processID).filter { processID in
            let environment = FileManager.default.contents(atPath: "/proc/\(processID)/environ") ?? Data()
            return environment.split(separator: 0).contains { $0.elementsEqual(wanted) }
                && statistics(processID).first != "Z"
        }
    }

    /// Those that have a text on their command line.
    public static func processes(mentioning text: String) -> [Int32] {
        all.map(\.processID).filter { processID in words(of: processID).contains { $0.contains(text) } }
    }

    /// The command line.
    public static func words(of processID: Int32) -> [String] {
        let line = FileManager.default.contents(atPath: "/proc/\(processID)/cmdline") ?? Data()
        return line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The files that are in its memory: the program and the libraries it has opened.
    public static func mappedFiles(of processID: Int32) -> Set<String> {
        // Longer than what one read answers.
        let maps = try? FileHandle(forReadingAtPath: "/proc/\(processID)/maps")?.readToEnd()
        let text = String(decoding: maps ?? Data(), as: UTF8.self)
        return Set(
            text.split(separator: "\n").compactMap { $0.firstIndex(of: "/").map($0.suffix(from:)) }.map(String.init))
    }

    /// Resident memory in bytes.
    public static func memory(of processID: Int32) -> Int {
        let text = (try? String(contentsOfFile: "/proc/\(processID)/statm", encoding: .utf8)) ?? ""
        return (text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0)
            * Int(sysconf(Int32(_SC_PAGESIZE)))
    }

    private static var all: [(processID: pid_t, parent: pid_t)] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { pid_t($0) }.compactMap { processID in
            let fields = statistics(processID)
            return fields.count > 1 ? pid_t(fields[1]).map { (processID, $0) } : nil
        }
    }

    /// The fields behind the name, which may hold anything: state, parent, …
    private static func statistics(_ processID: pid_t) -> [Substring] {
        let text = (try? String(contentsOfFile: "/proc/\(processID)/stat", encoding: .utf8)) ?? ""
        guard let end = text.lastIndex(of: ")") else { return [] }
        return text[text.index(after: end)...].split(separator: " ")
    }
}

/// Processes that are not our children, held by descriptors, so that their numbers cannot come to mean others.
public final class Strangers {
    private let descriptors: [Int32]

    public init(_ processes: [Int32]) { descriptors = processes.map { ParentWatch.open($0) }.filter { $0 >= 0 } }

    deinit { for descriptor in descriptors { close(descriptor) } }

    public var count: Int { descriptors.count }

    /// How many have not ended.
    public var running: Int {
        descriptors.count { descriptor in
            var watch = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            return poll(&watch, 1, 0) == 0
        }
    }
}
