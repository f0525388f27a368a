internal import Glibc

/// A file system of a few kilobytes for one test: the honest way to a full disk.
public final class SmallDisk: Sendable {
    /// Whether file systems can be mounted here: that takes root, and the right to.
    public static let isAvailable: Bool = {
        guard let folder = try? TemporaryFolder() else { return false }
        return (try? SmallDisk(at: folder.file("probe"), kilobytes: 16)) != nil
    }()

    private let path: String

    /// - Parameter path: where it is mounted; the folder is made.
    public init(at path: String, kilobytes: Int) throws {
        self.path = path
        mkdir(path, 0o755)
        try mount(kilobytes, flags: 0)
    }

    /// What is still open in it does not keep it.
    deinit { umount2(path, Int32(MNT_DETACH)) }

    public func grow(toKilobytes kilobytes: Int) throws { try mount(kilobytes, flags: UInt(MS_REMOUNT)) }

    private func mount(_ kilobytes: Int, flags: UInt) throws {
        guard Glibc.mount("tmpfs", path, "tmpfs", flags, "size=\(kilobytes)k") == 0 else {
            throw TestFailure("no disk at \(path): \(String(cString: strerror(errno)))")
        }
    }
}
