internal import FoundationEssentials
internal import Glibc
internal import Platform

/// The folder of one run of a job: what a program may read lies in `in`, what it may write in `out`, which is where it
/// starts. Both are reached by relative names, so they are the same with and without a sandbox.
package final class JobFolder: Sendable {
    /// Who runs programs in a sandbox that root makes: a user that no package of Debian has.
    static let user: uid_t = 65_533

    package let path: String
    private let lock: FileLock

    /// Makes it, and removes what runs that died have left beside it.
    /// - Parameters:
    ///   - parent: is made when it is not there.
    ///   - name: names the run, and no other.
    package init(in parent: String, named name: String) throws {
        let files = FileManager.default
        try files.createDirectory(
            atPath: parent, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        Self.removeLeftovers(in: parent)
        guard let lock = try FileLock(path: "\(parent)/\(name).lock") else {
            throw FolderInUse(path: "\(parent)/\(name)")
        }
        (path, self.lock) = ("\(parent)/\(name)", lock)
        for folder in [path, input, output] {
            try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
            // The program's user must get through, and nobody else gets here.
            chmod(folder, 0o755)
        }
        Self.giveToUser(output)
    }

    deinit { Self.remove(path) }

    package var input: String { path + "/in" }
    package var output: String { path + "/out" }

    /// A file that programs may read, by the name they know it by.
    package func input(_ name: String) -> String { "\(input)/\(name)" }
    package func output(_ name: String) -> String { "\(output)/\(name)" }

    /// Makes a folder that programs may write into.
    package func makeOutputFolder(_ name: String) throws {
        let folder = output(name)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        chmod(folder, 0o755)
        Self.giveToUser(folder)
    }

    private static func giveToUser(_ folder: String) { if geteuid() == 0 { chown(folder, user, user) } }

    /// How many bytes the program has written in all.
    package var outputBytes: Int { Self.bytes(in: output) }

    private static func bytes(in folder: String) -> Int {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return 0 }
        return names.reduce(0) { sum, name in
            var status = stat()
            let path = "\(folder)/\(name)"
            guard lstat(path, &status) == 0 else { return sum }
            let isFolder = status.st_mode & S_IFMT == S_IFDIR
            return sum + (isFolder ? bytes(in: path) : Int(status.st_blocks) * 512)
        }
    }

    /// What has a lock that nobody holds is of a run that died.
    private static func removeLeftovers(in parent: String) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
        for name in names where name.hasSuffix(".lock") {
            guard let lock = try? FileLock(path: "\(parent)/\(name)") else { continue }
            let path = "\(parent)/\(name.dropLast(5))"
            withExtendedLifetime(lock) {
                OrphanedSandboxes.kill(of: path)
                remove(path)
            }
        }
    }

    private static func remove(_ path: String) {
        try? FileManager.default.removeItem(atPath: path)
        unlink(path + ".lock")
    }
}

/// Two runs of one name.
struct FolderInUse: Error, CustomStringConvertible {
    let path: String

    var description: String { "The folder \(path) is in use by another run of the job." }
}
