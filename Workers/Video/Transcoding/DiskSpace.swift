import Glibc
import Jobs

/// Whether there is room for what will be written, asked before hours are spent on it.
enum DiskSpace {
    /// What others on the disk are left.
    private static let reserve = 512 << 20

    /// - Throws: ``NoDiskSpace``.
    static func require(_ bytes: Int, in folder: String) throws(NoDiskSpace) {
        var status = statvfs()
        guard statvfs(folder, &status) == 0 else { return }
        let free = Int(
            clamping: UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize)).partialValue)
        guard free < bytes + reserve else { return }
        throw NoDiskSpace(folder: folder, needed: bytes + reserve, free: free)
    }
}

/// Not now: others may make room.
struct NoDiskSpace: RetryAfterError, CustomStringConvertible {
    let folder: String
    let needed: Int
    let free: Int

    var retryAfter: Duration? { .seconds(300) }

    var description: String {
        "The disk of \(folder) has \(free >> 20) MiB free and \(needed >> 20) are needed: make room, or set workers.video.workFolder."
    }
}
