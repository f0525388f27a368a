internal import FoundationEssentials
internal import Glibc

/// What is left of sandboxes whose worker was killed just while they were made: bwrap's first process within waits for ever to
/// be told that it may begin, by one that is gone.
enum OrphanedSandboxes {
    private static let looks = 10

    /// Ends those of a run that died.
    /// - Parameter folder: of the run, which no other has.
    static func kill(of folder: String) {
        // One may have begun another while we looked.
        for _ in 0..<looks {
            let found = processes().filter { isSandbox($0, of: folder) }
            if found.isEmpty { return }
            for process in found { Glibc.kill(process, SIGKILL) }
        }
    }

    private static func processes() -> [pid_t] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { pid_t($0) }
    }

    private static func isSandbox(_ process: pid_t, of folder: String) -> Bool {
        guard contents(of: "/proc/\(process)/comm") == Array("bwrap\n".utf8) else { return false }
        let words = contents(of: "/proc/\(process)/cmdline").split(separator: 0)
        return words.contains { $0.elementsEqual("\(folder)/in".utf8) }
    }

    private static func contents(of path: String) -> [UInt8] {
        (try? Data(contentsOf: URL(filePath: path))).map(Array.init) ?? []
    }
}
