import Foundation

/// A file system of a few kilobytes, mounted for one test: the honest way to a full disk.
final class SmallDisk {
    static let isAvailable: Bool = {
        guard let folder = try? TestFolder() else { return false }
        return (try? SmallDisk(at: folder.path + "/probe", kilobytes: 16)) != nil
    }()

    let path: String

    init(at path: String, kilobytes: Int) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        self.path = path
        guard succeeds("/usr/bin/mount", ["-t", "tmpfs", "-o", "size=\(kilobytes)k", "tmpfs", path]) else {
            throw CocoaError(.fileWriteNoPermission)
        }
    }

    deinit { _ = succeeds("/usr/bin/umount", [path]) }
}
