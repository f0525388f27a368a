import Foundation
import TestSupport

/// What strace(1) wrote down of some programs: files they opened or tried to, and every word to the network.
struct SystemCallTrace {
    /// Follows all that is started, and stops nobody at other calls than these.
    static let options =
        "-f --seccomp-bpf -qq -s 400 -e signal=none -e trace=%network,open,openat,openat2,creat,clone,clone3,fork,vfork,execve"

    /// How many there were.
    let programs: Int
    let opened: [String]
    let network: [String]

    init(file: String, of names: Set<String>) throws {
        guard let bytes = FileManager.default.contents(atPath: file) else { throw TestFailure("there is no trace") }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap(Line.init)
        // What was called before is of those that start it.
        let began = lines.enumerated().filter { _, line in
            names.contains { line.text.hasPrefix("execve(\"/usr/bin/\($0)\"") }
        }
        let starts = Dictionary(began.map { ($1.process, $0) }, uniquingKeysWith: max)
        // Threads belong to their program; one may speak before its parent hears of it.
        var theirs = Set(starts.keys)
        for (number, line) in lines.enumerated()
        where theirs.contains(line.process) && number >= starts[line.process] ?? 0 {
            if let child = line.child { theirs.insert(child) }
        }
        let calls = lines.enumerated().filter { number, line in
            theirs.contains(line.process) && number > starts[line.process] ?? 0
        }.map(\.element)
        programs = starts.count
        opened = calls.compactMap(\.openedFile)
        network = calls.filter(\.isNetwork).map { String($0.text) }
    }

    /// Neither a library, nor what libraries ask of the system, nor what lies in the job's folder.
    var strangeFiles: [String] {
        opened.filter { file in !Self.harmless.contains { file.hasPrefix($0) } && !Self.isOwn(file) }
    }

    private static let harmless = [
        "/lib/", "/usr/lib/", "/usr/share/", "/etc/ld.so.cache", "/etc/gcrypt/", "/etc/OpenCL/", "/proc/self/",
        "/proc/filesystems", "/proc/mounts",
        "/proc/stat", "/proc/cpuinfo", "/proc/meminfo", "/proc/sys/", "/sys/devices/system/", "/dev/null",
        "/dev/urandom",
    ]

    /// Names are relative to the folder for output, beside which the input lies.
    private static func isOwn(_ file: String) -> Bool {
        guard !file.hasPrefix("/") else { return false }
        var place = ["out"]
        for part in file.split(separator: "/") where part != "." {
            if part != ".." {
                place.append(String(part))
            } else if place.popLast() == nil {
                return false
            }
        }
        return place.count > 1 && ["in", "out"].contains(place[0])
    }

    private struct Line {
        let process: Int
        let text: Substring

        init?(_ line: Substring) {
            let parts = line.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, let process = Int(parts[0]) else { return nil }
            (self.process, text) = (process, parts[1].drop { $0 == " " })
        }

        private static let ways = ["clone", "fork", "vfork"]
        private static let openings = ["open(", "openat(", "openat2(", "creat("]

        var child: Int? {
            let call = text.hasPrefix("<... ") ? text.dropFirst(5) : text
            guard Self.ways.contains(where: { call.hasPrefix($0) }) else { return nil }
            return call.range(of: " = ", options: .backwards).flatMap {
                Int(call[$0.upperBound...].prefix { $0.isNumber })
            }
        }

        var openedFile: String? {
            guard Self.openings.contains(where: { text.hasPrefix($0) }) else { return nil }
            return text.split(separator: "\"", omittingEmptySubsequences: false).dropFirst().first.map(String.init)
        }

        var isNetwork: Bool {
            let isOther = ["<...", "exec", "clone", "fork", "vfork", "+++", "---", "???"].contains {
                text.hasPrefix($0)
            }
            return !isOther && openedFile == nil
        }
    }
}
