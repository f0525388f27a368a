import Foundation
import Glibc
import ProgramSupport
import TestSupport

/// A file system of a few megabytes for one test: the honest way to a full disk.
struct SmallDisk {
    /// Whether file systems can be mounted here.
    static let isAvailable: Bool = {
        var template = Array("/tmp/cw-disk-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { return false }
        defer { rmdir(template) }
        guard mount("tmpfs", template, "tmpfs", 0, "size=16k") == 0 else { return false }
        return umount(template) == 0
    }()

    private let path: String
    private let site: Site

    /// Mounts it for the body.
    static func with(
        at path: String, megabytes: Int, of site: Site, _ body: (SmallDisk) async throws -> Void
    ) async throws {
        let disk = SmallDisk(path: path, site: site)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try await disk.run("mount", "-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", path)
        do { try await body(disk) } catch {
            try? await disk.run("umount", "--lazy", path)
            throw error
        }
        try await disk.run("umount", "--lazy", path)
    }

    func grow(toMegabytes megabytes: Int) async throws {
        try await run("mount", "-o", "remount,size=\(megabytes)m", path)
    }

    private func run(_ program: String, _ arguments: String...) async throws {
        let finished = try await site.run(program: program, arguments)
        guard finished.exit == .code(0) else { throw TestFailure("\(program) \(arguments): \(finished)") }
    }
}
